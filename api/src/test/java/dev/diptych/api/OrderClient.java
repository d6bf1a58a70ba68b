package dev.diptych.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.core.contract.Waiting;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/** A client that places orders on a node and looks at them. Headers are names and values in turn. */
record OrderClient(Http http) implements AutoCloseable {

    static OrderClient of(Diptych node) {
        return new OrderClient(new Http(node.port()));
    }

    /** Places an order that costs 15.00. */
    Http.Answer place(String id, String... headers) {
        return post("/orders", "{\"order_id\":\"" + id + "\",\"customer_id\":\"c\"," + OnStore.ITEMS + "}", headers);
    }

    /** Places an order, as often as it takes until the node accepts it. */
    Http.Answer placeUntilAccepted(String id) {
        return Waiting.until(
                "order " + id + " is accepted",
                () -> place(id, "Idempotency-Key", "place-" + id),
                answer -> answer.status() == 202);
    }

    /** Pays an order; sent again while the store cannot be reached. */
    Http.Answer pay(String id, String... headers) {
        return untilReachable(() -> post("/orders/" + id + "/pay", "{\"amount\":\"15.00\"}", headers));
    }

    Http.Answer post(String path, String json, String... headers) {
        return http.send(with(http.request(path).header("Content-Type", "application/json"), headers)
                .POST(BodyPublishers.ofString(json)));
    }

    /**
     * Sends a query, again while the store cannot be reached: a pool may still lend connections to a server that is
     * gone.
     */
    Http.Answer get(String path, String... headers) {
        return untilReachable(() -> http.send(with(http.request(path), headers).GET()));
    }

    private static Http.Answer untilReachable(Callable<Http.Answer> sending) {
        return Waiting.until(
                "the store is reached",
                sending,
                answer -> answer.status() != 503
                        || !answer.json().path("type").asText().equals("/problems/store-unavailable"));
    }

    /** Finds an order with the token of the command that was accepted. */
    Http.Answer find(Http.Answer command) {
        assertThat(command.status()).as(command.response().body()).isEqualTo(202);
        Http.Answer found = get(command.header("Location"), "Prefer", "wait=30");
        assertThat(found.status()).as(found.response().body()).isEqualTo(200);
        return found;
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, String... headers) {
        return headers.length == 0 ? request : request.headers(headers);
    }

    /** The token with which the answer to a command can be waited for. */
    static String token(Http.Answer command) {
        assertThat(command.status()).as(command.response().body()).isEqualTo(202);
        return command.header("Consistency-Token");
    }

    /** The ids of all orders that {@code GET /orders} lists, over all of its pages. */
    Set<String> listed() {
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
