package dev.diptych.api.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diptych.api.description.AnswerCheck;
import dev.diptych.api.description.Exchange;
import dev.diptych.core.contract.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Flow;

/**
 * An HTTP client of a server on this machine. Close it before the server, which waits for idle connections for a
 * second.
 */
public final class Http implements AutoCloseable {

    public static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Waiting.PATIENCE)
            .build();
    private final int port;
    private final String base;

    public Http(int port) {
        this.port = port;
        this.base = "http://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    public HttpClient client() {
        return client;
    }

    public record Answer(int status, HttpResponse<String> response) {
        public JsonNode json() {
            return Http.json(response.body());
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("Not JSON: " + text, e);
        }
    }

    /** Sends a query. Headers are names and values in turn. */
    public Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    /** Reads with a token, and waits for the maximum time: the default may be too short on a slow machine. */
    public Answer getOnceVisible(String path, String... headers) {
        return send(request(path, headers).header("Prefer", "wait=30").GET());
    }

    public Answer post(String path, String json, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    public HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base + path)).timeout(Waiting.PATIENCE);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static Exchange exchange(HttpResponse<String> response) {
        HttpRequest request = response.request();
        return new Exchange(
                request.method(),
                request.uri(),
                request.bodyPublisher().map(Http::text),
                response.statusCode(),
                response.headers().map(),
                response.body());
    }

    private static String text(HttpRequest.BodyPublisher body) {
        var text = HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8);
        body.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                text.onSubscribe(subscription);
            }

            @Override
            public void onNext(ByteBuffer part) {
                text.onNext(List.of(part));
            }

            @Override
            public void onError(Throwable trouble) {
                text.onError(trouble);
            }

            @Override
            public void onComplete() {
                text.onComplete();
            }
        });
        return text.getBody().toCompletableFuture().join();
    }

    /**
     * Sends a request, and again if the JDK's client has lost the response: it may still treat a connection that it has
     * taken from its pool as idle, and close it when a response arrives.
     */
    private HttpResponse<String> exchange(HttpRequest request) throws IOException, InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (String.valueOf(cause.getMessage()).contains("cleanup triggered for non pooled connection")) {
                    return client.send(request, BodyHandlers.ofString());
                }
            }
            throw e;
        }
    }

    /** Sends a request, and checks the response against the description of the API. */
    public Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = exchange(request.build());
            AnswerCheck.API.check(exchange(response));
            return new Answer(response.statusCode(), response);
        } catch (IOException e) {
            throw new AssertionError("No answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Closes all connections, including those of streams. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
