package dev.diptych.api.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.description.AnswerCheck;
import dev.diptych.api.description.Exchange;
import dev.diptych.api.http.input.Places;
import dev.diptych.core.contract.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A client of an event stream. */
public final class Sse implements Flow.Subscriber<String>, AutoCloseable {

    /** An event; a heartbeat has neither name nor data. */
    public record Event(String name, String id, String data, String comment) {
        public JsonNode json() {
            try {
                return Http.JSON.readTree(data);
            } catch (IOException e) {
                throw new AssertionError("Not JSON: " + data, e);
            }
        }

        /** Returns the position in the id. */
        public long position() {
            return Places.in(id).orElseThrow().position();
        }

        public String order() {
            return json().path("order_id").asText();
        }

        public String status() {
            return json().path("status").asText();
        }

        /** Returns a summary, such as {@code row o-1 paid}. */
        public String told() {
            return (name + " " + order() + " " + status()).strip();
        }
    }

    private final URI uri;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final CompletableFuture<ResponseInfo> head = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final List<String> block = new ArrayList<>();

    private Sse(URI uri) {
        this.uri = uri;
    }

    /** Opens a stream, with headers as names and values in turn; with a token, the response may take long. */
    public static Sse open(Http http, String path, String... headers) {
        HttpRequest.Builder request = http.request(path).timeout(Duration.ofMinutes(5));
        var sse = new Sse(request.build().uri());
        request.header("Accept", "text/event-stream").header("Prefer", "wait=30");
        if (headers.length > 0) {
            request.headers(headers);
        }
        var unused = http.client()
                .sendAsync(request.GET().build(), info -> {
                    sse.head.complete(info);
                    return BodySubscribers.fromLineSubscriber(sse);
                })
                .exceptionally(failure -> {
                    sse.head.completeExceptionally(failure);
                    sse.end.completeExceptionally(failure);
                    return null;
                });
        return sse;
    }

    public ResponseInfo head() {
        return head.orTimeout(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    public String header(String name) {
        return head().headers().firstValue(name).orElse("");
    }

    /** Returns all blocks received so far. */
    public List<Event> events() {
        return List.copyOf(events);
    }

    /** Returns the names of the events received so far. */
    public List<String> names() {
        return events.stream().map(Event::name).filter(name -> !name.isEmpty()).toList();
    }

    /** Returns summaries of the rows that were shown or are gone. */
    public List<String> told() {
        return events.stream()
                .filter(event -> event.name().equals("row") || event.name().equals("gone"))
                .map(Event::told)
                .toList();
    }

    /** Waits for a matching block, and returns the first. */
    public Event await(String what, Predicate<Event> is) {
        Waiting.until(what, () -> end.isDone() || events.stream().anyMatch(is));
        return events.stream()
                .filter(is)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the stream has ended without " + what + ": " + events));
    }

    public Event await(String told) {
        return await(told, event -> event.told().equals(told));
    }

    /** Waits for all current rows, and checks the response against the description of the API. */
    public Event awaitLive() {
        assertThat(head().statusCode()).isEqualTo(200);
        AnswerCheck.API.check(
                new Exchange("GET", uri, Optional.empty(), 200, head().headers().map(), ""));
        return await("live", event -> event.name().equals("live"));
    }

    /** Waits until the server has ended the stream orderly. */
    public void awaitEnd() {
        end.orTimeout(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Returns whether the stream has ended. */
    public boolean hasEnded() {
        return end.isDone();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription.complete(given);
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        if (!line.isEmpty()) {
            block.add(line);
            return;
        }
        events.add(new Event(field("event"), field("id"), field("data"), field("")));
        block.clear();
    }

    private String field(String name) {
        return block.stream()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElse("");
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        end.complete(null);
    }

    /** Closes the connection. */
    @Override
    public void close() {
        var unused = subscription.thenAccept(Flow.Subscription::cancel);
    }
}
