package dev.diptych.api.support;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.Diptych;
import dev.diptych.api.Store;
import dev.diptych.core.contract.Waiting;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Tests over real HTTP on each store, with a server for each test class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OnStore {

    public static final String ITEMS = "\"items\":[{\"sku\":\"lamp\",\"quantity\":2,\"unit_price\":\"7.50\"}]";

    private final PauseWatch pauses = new PauseWatch();

    protected Diptych diptych;
    protected Http http;

    protected abstract Store open();

    @BeforeAll
    protected void start() {
        diptych = Diptych.start(pauses.watch(open()), "127.0.0.1", 0);
        http = new Http(diptych.port());
    }

    @AfterAll
    protected void stop() {
        http.close();
        diptych.close();
    }

    /** Returns the current history of the store. */
    protected String history() {
        return diptych.store().events().history();
    }

    /** Returns a version in the current history as an entity tag. */
    protected String tag(long version) {
        return "\"" + version + "." + history() + "\"";
    }

    /** Places an order that costs 15.00. */
    protected Http.Answer place(String id, String... headers) {
        return post("/orders", "{\"order_id\":\"" + id + "\",\"customer_id\":\"c\"," + ITEMS + "}", headers);
    }

    protected Http.Answer pay(String id, String... headers) {
        return post("/orders/" + id + "/pay", "{\"amount\":\"15.00\"}", headers);
    }

    /** Sends a command with headers, given as names and values in turn. */
    protected Http.Answer post(String path, String json, String... headers) {
        return http.post(path, json, headers);
    }

    protected Http.Answer get(String path, String... headers) {
        return http.get(path, headers);
    }

    protected Http.Answer getOnceVisible(String path, String... headers) {
        return http.getOnceVisible(path, headers);
    }

    /** Pauses all projections, once they have caught up: later writes do not become visible. */
    protected void pause() {
        pauses.pause(diptych);
    }

    protected JsonNode awaitVersion(String path, int version) {
        return Waiting.until(
                        path + " at version " + version,
                        () -> http.get(path),
                        answer -> answer.status() == 200
                                && answer.json().get("version").asInt() >= version)
                .json();
    }
}
