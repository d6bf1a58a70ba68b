package dev.diptych.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.core.contract.Waiting;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** What is to hold over real HTTP on whatever store: a server of its own for each class of tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnStore {

    static final String ITEMS = "\"items\":[{\"sku\":\"lamp\",\"quantity\":2,\"unit_price\":\"7.50\"}]";

    private final PauseWatch pauses = new PauseWatch();

    Diptych diptych;
    Http http;

    abstract Store open();

    @BeforeAll
    void start() {
        diptych = Diptych.start(pauses.watch(open()), "127.0.0.1", 0);
        http = new Http(diptych.port());
    }

    @AfterAll
    void stop() {
        http.close();
        diptych.close();
    }

    /** The present history of the store. */
    String history() {
        return diptych.store().events().history();
    }

    /** A version in the present history as an entity tag. */
    String tag(long version) {
        return "\"" + version + "." + history() + "\"";
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
        pauses.pause(diptych);
    }

    JsonNode awaitVersion(String path, int version) {
        return Waiting.until(
                        path + " at version " + version,
                        () -> http.get(path),
                        answer -> answer.status() == 200
                                && answer.json().get("version").asInt() >= version)
                .json();
    }
}
