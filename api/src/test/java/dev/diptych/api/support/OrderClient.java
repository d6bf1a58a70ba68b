package dev.diptych.api.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.Diptych;
import dev.diptych.core.contract.Waiting;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/** A client that places and reads orders on a node. Headers are names and values in turn. */
public record OrderClient(Http http) implements AutoCloseable {

    public static OrderClient of(Diptych node) {
        return new OrderClient(new Http(node.port()));
    }

    /** Places an order that costs 15.00. */
    public Http.Answer place(String id, String... headers) {
        return post("/orders", "{\"order_id\":\"" + id + "\",\"customer_id\":\"c\"," + OnStore.ITEMS + "}", headers);
    }

    /** Places an order, and retries until the node accepts it. */
    public Http.Answer placeUntilAccepted(String id) {
        return Waiting.until(
                "order " + id + " is accepted",
                () -> place(id, "Idempotency-Key", "place-" + id),
                answer -> answer.status() == 202);
    }

    /** Pays an order; retries while the store is unavailable. */
    public Http.Answer pay(String id, String... headers) {
        return untilReachable(() -> post("/orders/" + id + "/pay", "{\"amount\":\"15.00\"}", headers));
    }

    public Http.Answer post(String path, String json, String... headers) {
        return http.post(path, json, headers);
    }

    /** Sends a query; retries while the store is unavailable: a pool may still have connections to a stopped server. */
    public Http.Answer get(String path, String... headers) {
        return untilReachable(() -> http.get(path, headers));
    }

    private static Http.Answer untilReachable(Callable<Http.Answer> sending) {
        return Waiting.until(
                "the store is reached",
                sending,
                answer -> answer.status() != 503
                        || !answer.json().path("type").asText().equals("/problems/store-unavailable"));
    }

    /** Reads an order with the token of its command. */
    public Http.Answer find(Http.Answer command) {
        assertThat(command.status()).as(command.response().body()).isEqualTo(202);
        Http.Answer found = get(command.header("Location"), "Prefer", "wait=30");
        assertThat(found.status()).as(found.response().body()).isEqualTo(200);
        return found;
    }

    /** Returns the consistency token of a response. */
    public static String token(Http.Answer command) {
        assertThat(command.status()).as(command.response().body()).isEqualTo(202);
        return command.header("Consistency-Token");
    }

    /** Returns the ids of all orders, from all pages of {@code GET /orders}. */
    public Set<String> listed() {
        Set<String> ids = new TreeSet<>();
        String cursor = "";
        do {
            Http.Answer page = get("/orders?limit=100" + cursor);
            assertThat(page.status()).as(page.response().body()).isEqualTo(200);
            page.json()
                    .path("items")
                    .forEach(item -> ids.add(item.path("order_id").asText()));
            JsonNode next = page.json().path("next_cursor");
            cursor = next.isTextual() ? "&cursor=" + next.asText() : "";
        } while (!cursor.isEmpty());
        return ids;
    }

    @Override
    public void close() {
        http.close();
    }
}
