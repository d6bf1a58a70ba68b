package dev.diptych.api;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.core.projection.ProjectionRunner;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** What is to hold over real HTTP on whatever store: a server of its own for each class of tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnStore {

    static final String ITEMS = "\"items\":[{\"sku\":\"lamp\",\"quantity\":2,\"unit_price\":\"7.50\"}]";

    Diptych diptych;
    Http http;

    abstract Store open();

    @BeforeAll
    void start() {
        diptych = Diptych.start(open(), "127.0.0.1", 0);
        http = new Http(diptych.port());
    }

    @AfterAll
    void stop() {
        diptych.close();
    }

    /** Places an order that costs 15.00. */
    Http.Answer place(String id, String... headers) {
        return post("/orders", "{\"order_id\":\"" + id + "\",\"customer_id\":\"c\"," + ITEMS + "}", headers);
    }

    Http.Answer pay(String id, String... headers) {
        return post("/orders/" + id + "/pay", "{\"amount\":\"15.00\"}", headers);
    }

    /** Sends a command with headers, given as names and values in turn. */
    Http.Answer post(String path, String json, String... headers) {
        var request = http.request(path).header("Content-Type", "application/json");
        return http.send(with(request, headers).POST(BodyPublishers.ofString(json)));
    }

    Http.Answer get(String path, String... headers) {
        return http.send(with(http.request(path), headers).GET());
    }

    /** Reads with a token, and waits as long as the server lets one: on a slow machine 2 seconds may be too short. */
    Http.Answer getOnceVisible(String path, String... headers) {
        return http.send(
                with(http.request(path), headers).header("Prefer", "wait=30").GET());
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, String[] headers) {
        return headers.length == 0 ? request : request.headers(headers);
    }

    /** Pauses all projections, once they have caught up: what is written from here on cannot be seen. */
    void pause() {
        pause(diptych);
    }

    static void pause(Diptych diptych) {
        await("every projection has caught up")
                .atMost(Duration.ofSeconds(30))
                .until(() -> diptych.projections().stream().allMatch(projection -> projection.lag() == 0));
        diptych.runners().forEach(ProjectionRunner::pause);
        await("no projection is in the middle of a round")
                .atMost(Duration.ofSeconds(30))
                .until(OnStore::everyRunnerIsAtItsGate);
    }

    /** What comes next there is the question whether it is paused; anywhere else a round goes on that began before. */
    private static boolean everyRunnerIsAtItsGate() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith("projection-"))
                .allMatch(thread -> Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().endsWith(".Gate")));
    }

    JsonNode awaitVersion(String path, int version) {
        return await(path + " at version " + version)
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> http.get(path),
                        answer -> answer.status() == 200
                                && answer.json().get("version").asInt() >= version)
                .json();
    }
}
