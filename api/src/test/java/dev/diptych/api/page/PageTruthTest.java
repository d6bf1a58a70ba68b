package dev.diptych.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Diptych;
import dev.diptych.api.Store;
import dev.diptych.api.http.access.Access;
import dev.diptych.api.http.access.Side;
import dev.diptych.api.http.server.Listening;
import dev.diptych.api.launch.MemoryStore;
import dev.diptych.api.support.Http;
import dev.diptych.core.contract.Waiting;
import dev.diptych.store.postgres.faults.Relay;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page claims nothing that it does not know: after lost answers, restarts, and with a wrong clock. */
class PageTruthTest extends OnPage {

    @Override
    protected Store open() {
        return MemoryStore.open();
    }

    @AfterEach
    void requireNoBrowserErrors() {
        assertThat(page.errors()).isEmpty();
    }

    @Test
    void an_order_that_is_placed_and_paid_stays_in_the_list_until_the_list_has_it() {
        pauseProjection("order-list");
        page.click("#place-form button[type=submit]");
        page.awaitText("#place-form .outcome", "was placed");
        String id = page.attribute(".order.pending", "data-id");
        pay(page, id);
        page.awaitThat(row(id) + ".optimistic.pending[data-status=paid]");
        page.awaitText(row(id) + " .pending-text", "PlaceOrder pending: accepted");
        page.awaitText(row(id) + " .pending-text", "PayOrder pending: accepted");
        resumeProjection("order-list");
        page.awaitThat(row(id, "paid"));
        awaitTraces("visible", 2);
    }

    @Test
    void each_of_several_pending_commands_becomes_visible() {
        String id = placed();
        pauseProjection("order-list");
        pay(page, id);
        page.click(row(id) + " [data-focus=ship]");
        page.awaitThat(row(id) + ".pending[data-status=shipped]");
        awaitTraces("accepted", 2);
        resumeProjection("order-list");
        page.awaitThat(row(id, "shipped"));
        awaitTraces("visible", 2);
    }

    private void awaitTraces(String state, int count) {
        Waiting.until(count + " traces are " + state, () -> page.count(".trace." + state) == count);
    }

    @Test
    void a_command_with_a_lost_answer_is_sent_again_under_its_key_and_done_once() throws Exception {
        try (var relay = Relay.to(diptych.port())) {
            String id = placed();
            page.open("http://127.0.0.1:" + relay.port() + "/");
            page.awaitThat(row(id, "placed"));
            relay.dropResponses();
            pay(page, id);
            awaitListed(id, "paid");
            relay.cut();
            page.awaitText(row(id) + " .error", "PayOrder: The server cannot be reached. The request may have taken");
            relay.mend();
            page.awaitText(row(id) + " [data-focus=retry]", "Try again with the same key");
            page.click(row(id) + " [data-focus=retry]");
            page.awaitText(".trace", "sent 2 times with one key, done once");
            page.awaitThat(row(id, "paid"));
            page.awaitGone(row(id) + " .error");
            assertThat(awaitVersion("/orders/" + id, 2).get("version").asInt()).isEqualTo(2);
            assertThat(page.text(".traces")).doesNotContain("412");
        }
    }

    @Test
    void a_new_order_with_a_lost_answer_is_placed_once() throws Exception {
        try (var relay = Relay.to(diptych.port())) {
            page.open("http://127.0.0.1:" + relay.port() + "/");
            long before = head();
            relay.dropResponses();
            page.click("#place-form button[type=submit]");
            Waiting.until("the server has placed the order", () -> head() == before + 1);
            relay.cut();
            page.awaitText("#place-form .outcome", "No response");
            relay.mend();
            page.click(".order [data-focus=retry]");
            page.awaitText(".trace.visible", "done once");
            page.awaitGone(".order .error");
            assertThat(head()).isEqualTo(before + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"optimistic", "polling", "subscription"})
    void after_a_restart_on_memory_only_the_new_history_is_shown(String strategy) {
        try (var other = Diptych.start(MemoryStore.open(), Listening.here(), true);
                var client = new Http(other.port());
                var relay = Relay.to(diptych.port())) {
            String old = placed();
            long count = head() + 3; // the other server is ahead of the position that the page has seen
            for (int i = 1; i <= count; i++) {
                client.post("/orders", order("new-" + i));
            }
            page.open("http://127.0.0.1:" + relay.port() + "/");
            useStrategy(strategy);
            page.click(row(old) + " [data-focus=open]");
            page.awaitText("#stream-title", "order-" + old);
            page.awaitThat(".connection[data-state=" + (strategy.equals("subscription") ? "live" : "polled") + "]");
            relay.pointTo(other.port());
            page.awaitText(".events tbody tr:first-child", "order-new-" + count);
            page.awaitThat(row("new-" + count, "placed"));
            page.awaitGone(row(old));
            page.awaitText("#stream", "There is no stream order-" + old);
            assertThat(page.text(".events")).doesNotContain(old);
            client.post("/orders", order("live"));
            page.awaitThat(row("live", "placed"));
            page.awaitText(".events tbody tr:first-child", "order-live");
        }
    }

    private static String order(String id) {
        return "{\"order_id\":\"" + id + "\",\"customer_id\":\"" + CUSTOMER + "\"," + ITEMS + "}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"optimistic", "subscription"})
    void nothing_is_up_to_date_while_the_server_cannot_be_reached(String strategy) throws Exception {
        try (var relay = Relay.to(diptych.port())) {
            placed();
            page.open("http://127.0.0.1:" + relay.port() + "/");
            useStrategy(strategy);
            page.awaitText(projection("order-list"), "up to date");
            relay.cut();
            page.awaitThat(projection("order-list") + "[data-state=unknown]");
            page.awaitThat(".connection[data-state=lost]");
            assertThat(page.text("#projections")).doesNotContain("up to date", "running");
            relay.mend();
            page.awaitText(projection("order-list"), "up to date");
            page.awaitGone(".connection[data-state=lost]");
        }
    }

    @Test
    void a_command_without_an_event_is_not_shown_as_stored() {
        String id = placed();
        cancel(page, id);
        page.awaitThat(row(id, "cancelled"));
        page.awaitText(".trace", "order-cancelled at " + head());
        cancel(page, id);
        page.awaitText(".trace.without-event", "no event: nothing to change");
        page.awaitText(".trace.without-event.visible", "unchanged");
        assertThat(page.text(".trace.without-event")).doesNotContain("stored", "at ");
    }

    @Test
    void a_list_that_requires_a_token_says_so_and_the_page_asks_for_it() {
        String token = "a-token-of-more-than-enough-characters";
        var access = Access.forThisMachine(Map.of(Side.READ, token), "127.0.0.1");
        try (Diptych guarded =
                Diptych.start(MemoryStore.open(), new Listening("127.0.0.1", 0, Listening.IDLE, access), true)) {
            page.open("http://127.0.0.1:" + guarded.port() + "/");
            page.awaitText("#view-orders", "Orders require the read token.");
            page.awaitText(".tokens[open]", "The server requires a token for queries.");
            page.type("#token-read", token);
            page.click(".tokens button");
            page.awaitText("#view-orders", "No orders yet.");
            assertThat(page.has(".tokens[open]")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"optimistic", "polling", "subscription"})
    void every_strategy_shows_what_other_clients_do(String strategy) {
        String id = placed();
        useStrategy(strategy);
        pay(id);
        page.awaitThat(row(id, "paid"));
    }

    @Test
    void a_new_order_comes_first_whatever_the_clock_of_the_client_says() {
        placed();
        page.script("""
                const RealDate = Date;
                window.Date = class extends RealDate { constructor(...at) { super(...(at.length ? at : [0])); } };
                """);
        pauseProjection("order-list");
        page.click("#place-form button[type=submit]");
        page.awaitText("#place-form .outcome", "was placed");
        page.awaitThat(".order:first-child.pending[data-id^=web-]");
        resumeProjection("order-list");
        page.awaitThat(".order:first-child[data-id^=web-]:not(.pending)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-3", "0", "1001", "2.5"})
    void an_invalid_quantity_has_no_total(String quantity) {
        page.awaitText(".total", "74.00");
        page.type(".quantity", quantity);
        page.awaitText(".total", "–");
        page.type(".quantity", "2");
        page.awaitText(".total", "148.00");
    }

    private long head() {
        return get("/lab/events?limit=1").json().get("head").asLong();
    }
}
