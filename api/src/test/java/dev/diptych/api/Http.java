package dev.diptych.api;

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
 * Real requests to a server on this machine. Close it before the server: a server that stops waits a second for
 * connections that are idle, in case another request comes.
 */
final class Http implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Waiting.PATIENCE)
            .build();
    private final int port;
    private final String base;

    Http(int port) {
        this.port = port;
        this.base = "http://127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    HttpClient client() {
        return client;
    }

    record Answer(int status, HttpResponse<String> response) {
        JsonNode json() {
            return Http.json(response.body());
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("Not JSON: " + text, e);
        }
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    /** Reads with a token, and waits as long as the server lets one: on a slow machine 2 seconds may be too short. */
    Answer getOnceVisible(String path) {
        return send(request(path).header("Prefer", "wait=30").GET());
    }

    Answer post(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(Waiting.PATIENCE);
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
     * Sends a request, and once more when the JDK's client has lost the answer: it may take a connection out of its pool and
     * still watch it as one that is in the pool, where an answer is a surprise to it.
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

    /** Sends a request; whatever comes back has to be as the description of the API says. */
    Answer send(HttpRequest.Builder request) {
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

    /** Ends all connections, also those of streams. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
