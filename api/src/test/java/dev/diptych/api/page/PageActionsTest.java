package dev.diptych.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.Diptych;
import dev.diptych.api.http.server.Listening;
import dev.diptych.api.launch.MemoryStore;
import dev.diptych.api.support.Http;
import dev.diptych.core.contract.Waiting;
import dev.diptych.store.postgres.faults.Relay;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** What a person does on the page, and sees happen, on each store. */
class PageActionsTest extends OnPageOfEachStore {

    @Test
    void an_address_is_saved_and_erased() {
        page.click("#tab-addresses");
        page.choose("#address-customer", CUSTOMER);
        page.awaitText("#address-form .outcome", "There is no address.");
        page.click("#address-form button[type=submit]");
        page.awaitText("#address-form .outcome", "city must be a string");
        for (String field : List.of("name", "street", "postal_code", "city", "country")) {
            page.type("#address-" + field, "a " + field);
        }
        page.click("#address-form button[type=submit]");
        page.awaitText("#address-form .outcome", "Saved.");
        assertThat(get("/customers/" + CUSTOMER + "/address")
                        .json()
                        .path("city")
                        .asText())
                .isEqualTo("a city");
        page.click("#tab-orders");
        page.click("#tab-addresses");
        page.awaitText("#address-form .outcome", "Read from the table.");
        assertThat(page.script("return document.getElementById('address-city').value"))
                .isEqualTo("a city");
        page.click("#erase-address");
        page.awaitText("#address-form .outcome", "Erased.");
        assertThat(get("/customers/" + CUSTOMER + "/address").status()).isEqualTo(404);
    }

    @Test
    void an_order_is_placed_paid_and_shipped() {
        page.choose("#customer", CUSTOMER);
        page.type(".quantity", "3");
        page.click("#place-form button[type=submit]");
        page.awaitText("#place-form .outcome", "was placed");
        String id = page.attribute(".order", "data-id");
        page.awaitThat(row(id, "placed"));
        pay(page, id);
        page.awaitThat(row(id, "paid"));
        page.click(row(id) + " [data-focus=ship]");
        page.awaitThat(row(id, "shipped"));
        JsonNode order = awaitVersion("/orders/" + id, 3); // the page shows another view
        assertThat(order.get("version").asInt()).isEqualTo(3);
        assertThat(order.at("/items/0/quantity").asInt()).isEqualTo(3);
    }

    @Test
    void an_order_is_cancelled_with_a_reason() {
        String id = placed();
        page.click(row(id) + " [data-focus=cancel]");
        page.type(row(id) + " .cancel input", "found it cheaper");
        page.click(row(id) + " .cancel button[type=submit]");
        page.awaitThat(row(id, "cancelled"));
        assertThat(awaitVersion("/orders/" + id, 2).get("cancel_reason").asText())
                .isEqualTo("found it cheaper");
    }

    @Test
    void a_rejection_is_shown_in_its_row() {
        String id = placed();
        page.click(row(id) + " [data-focus=ship]");
        page.awaitText(
                row(id) + " .error", "Order " + id + " has not been paid, so it cannot be shipped. Pay 15.00 first.");
        page.awaitThat(row(id, "placed"));
        page.click(row(id) + " [data-focus=dismiss]");
        page.awaitGone(row(id) + " .error");
    }

    @Test
    void a_rejected_new_order_is_reported_in_the_form() {
        page.type(".quantity", "0");
        page.click("#place-form button[type=submit]");
        page.awaitText("#place-form .outcome", "items[0].quantity must be");
        page.click("#place-form .place-end button[type=button]");
        page.type(".quantity", "1");
        page.click("#place-form button[type=submit]");
        page.awaitText("#place-form .outcome", "Not placed");
    }

    @Test
    void an_optimistic_row_is_pending_until_the_read_model_reflects_it() {
        String id = placed();
        pauseProjection("order-list");
        pay(page, id);
        page.awaitThat(row(id) + ".optimistic.pending[data-status=paid]");
        page.awaitText(row(id) + " .pending-text", "not in this list yet: 1 behind");
        resumeProjection("order-list");
        page.awaitThat(row(id, "paid"));
        page.awaitThat(".trace.visible");
    }

    @Test
    void an_optimistic_row_is_rolled_back_when_the_command_is_rejected() {
        String id = placed();
        page.script("""
                window.shown = [];
                new MutationObserver(() => window.shown.push(document.querySelector(arguments[0])?.dataset.status))
                    .observe(document.querySelector('.orders'), { childList: true, subtree: true });
                """, row(id));
        page.click(row(id) + " [data-focus=ship]");
        page.awaitThat(row(id, "placed") + " .error");
        assertThat(String.valueOf(page.script("return window.shown.join(' ')"))).matches(".*shipped.* placed");
    }

    @Test
    void polling_shows_a_change_only_when_the_read_model_reflects_it() {
        String id = placed();
        useStrategy("polling");
        pauseProjection("order-list");
        pay(page, id);
        page.awaitText(row(id) + " .pending-text", "not in this list yet: 1 behind");
        page.awaitThat(row(id) + ".pending[data-status=placed]:not(.optimistic)");
        resumeProjection("order-list");
        page.awaitThat(row(id, "paid"));
    }

    @Test
    void a_subscription_shows_changes_of_all_clients() {
        String id = placed();
        useStrategy("subscription");
        page.awaitThat(".connection[data-state=live]");
        pay(id);
        page.awaitThat(row(id, "paid"));
        page.click(row(id) + " [data-focus=ship]");
        page.awaitThat(row(id, "shipped"));
        page.awaitThat(".trace.visible");
    }

    @Test
    void a_subscription_removes_an_order_that_no_longer_matches_the_filter() {
        String id = placed();
        useStrategy("subscription");
        page.choose("#filter-status", "placed");
        page.awaitThat(".connection[data-state=live]");
        page.awaitThat(row(id, "placed"));
        pay(page, id);
        page.awaitGone(row(id));
    }

    @Test
    void a_lost_subscription_resumes_after_reconnecting() throws Exception {
        try (var relay = Relay.to(diptych.port())) {
            String id = placed();
            page.open("http://127.0.0.1:" + relay.port() + "/");
            useStrategy("subscription");
            page.awaitThat(".connection[data-state=live]");
            page.awaitThat(row(id, "placed"));
            relay.cut();
            page.awaitThat(".connection[data-state=lost]");
            pay(id);
            awaitListed(id, "paid");
            relay.mend();
            page.awaitThat(".connection[data-state=live]");
            page.awaitThat(row(id, "paid"));
        }
    }

    @Test
    void another_history_clears_the_list_and_reports_possibly_lost_commands() {
        try (var other = Diptych.start(MemoryStore.open(), Listening.here(), true);
                var client = new Http(other.port());
                var relay = Relay.to(diptych.port())) {
            String unshown = placed();
            String kept = placed();
            String lost = placed();
            page.open("http://127.0.0.1:" + relay.port() + "/");
            useStrategy("subscription");
            page.awaitThat(".connection[data-state=live]");
            pauseProjection("order-list");
            pay(page, unshown);
            page.awaitText(row(unshown) + " .pending-text", "accepted, not in this list yet");
            relay.pointTo(other.port());
            page.awaitGone(row(lost));
            page.awaitText(
                    row(unshown) + " .error",
                    "PayOrder: The command was accepted, but the store has another history now");
            page.awaitGone(row(kept));
            client.post(
                    "/orders", "{\"order_id\":\"" + kept + "\",\"customer_id\":\"" + CUSTOMER + "\"," + ITEMS + "}");
            page.awaitThat(row(kept, "placed"));
            pay(page, kept);
            page.awaitThat(row(kept, "paid"));
            Waiting.until("the events of the other history alone", () -> page.count(".events tbody tr") == 2);
            page.click(row(unshown) + " [data-focus=dismiss]");
            page.awaitGone(row(unshown));
        }
    }

    @Test
    void a_command_of_an_ended_history_is_reported_as_possibly_lost() {
        try (var other = Diptych.start(MemoryStore.open(), Listening.here(), true);
                var relay = Relay.to(diptych.port())) {
            String id = placed();
            page.open("http://127.0.0.1:" + relay.port() + "/");
            page.awaitThat(row(id));
            pauseProjection("order-list");
            pay(page, id);
            page.awaitText(row(id) + " .pending-text", "accepted, not in this list yet");
            relay.pointTo(other.port());
            page.awaitText(
                    row(id) + " .error", "PayOrder: The command was accepted, but the store has another history now");
            page.awaitGone(row(id) + ".pending");
        }
    }

    @Test
    void the_lag_of_a_paused_projection_grows_and_returns_to_zero() {
        String id = placed();
        page.awaitThat(projection("order-list") + "[data-lag='0']");
        page.click(projection("order-list") + " [data-verb=pause]");
        page.awaitThat(projection("order-list") + "[data-state=paused]");
        pay(page, id);
        page.awaitThat(projection("order-list") + "[data-lag='1']");
        page.click(row(id) + " [data-focus=ship]");
        page.awaitThat(projection("order-list") + "[data-lag='2']");
        page.awaitThat(projection("order-summaries") + "[data-lag='0']");
        page.click(projection("order-list") + " [data-verb=resume]");
        page.awaitThat(projection("order-list") + "[data-lag='0'][data-state=running]");
        page.awaitThat(row(id, "shipped"));
    }

    @Test
    void a_projection_is_slowed_down_and_catches_up() {
        String id = placed();
        page.choose(projection("product-sales") + " select", "2000");
        page.awaitThat(projection("product-sales") + ".slowed");
        pay(page, id);
        page.click(row(id) + " [data-focus=ship]");
        page.awaitThat(projection("product-sales") + ":not([data-lag='0'])");
        page.choose(projection("product-sales") + " select", "0");
        page.awaitThat(projection("product-sales") + "[data-lag='0']:not(.slowed)");
    }

    @Test
    void a_projection_is_rebuilt() {
        String id = placed();
        page.click(projection("order-list") + " .buttons button:last-child");
        page.awaitThat(projection("order-list") + "[data-lag='0']");
        page.open(url());
        page.awaitThat(row(id, "placed"));
    }

    @Test
    void a_command_on_an_old_version_is_rejected_and_retried() {
        String id = placed();
        String first = page.window();
        String second = page.openAnother(url());
        page.awaitThat(row(id, "placed"));
        pauseProjection("order-list"); // so that neither shows the other's change
        page.switchTo(first);
        pay(page, id);
        page.awaitThat(row(id) + "[data-status=paid]");
        page.awaitText(row(id) + " .pending-text", "accepted");
        page.switchTo(second);
        cancel(page, id);
        page.awaitText(row(id) + " .error", "Another client was faster: the order is now at version 2.");
        page.click(row(id) + " [data-focus=retry]");
        page.awaitText(row(id) + " .pending-text", "accepted");
        resumeProjection("order-list");
        page.awaitThat(row(id, "cancelled"));
        page.closeWindow(first);
        assertThat(awaitVersion("/orders/" + id, 3).get("version").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"A, pay, B, cancel, 202. The order is now at version 3.", "B, cancel, A, pay, 409. Order race-"})
    void the_visitor_decides_which_of_two_clients_comes_first(
            String first, String firstVerb, String second, String secondVerb, String outcome) {
        page.click("#race-open");
        for (String client : List.of(first, second)) {
            inRace(client, "read");
            page.awaitText(client(client) + " .race-state", "knows version 1: placed");
        }
        inRace(first, firstVerb);
        page.awaitText(client(first) + " .accepted", "at version 1: 202. The order is now at version 2.");
        inRace(second, secondVerb);
        page.awaitText(client(second) + " .rejected", "at version 1: 412. ");
        inRace(second, "read");
        page.awaitText(client(second) + " .race-state", "knows version 2");
        inRace(second, secondVerb);
        page.awaitText(client(second) + " li:last-child", secondVerb + " at version 2: " + outcome);
        page.click("#race-again");
        page.awaitText(client(second) + " .race-state", "has read nothing yet");
        assertThat(page.count(".race-log li")).isZero();
    }

    @Test
    void a_lost_answer_is_asked_for_again_under_the_same_key() {
        String id = placed();
        long before = head();
        page.click("#lose-answer");
        page.awaitThat("#lose-answer[aria-pressed=true]");
        pay(page, id);
        page.awaitText(row(id) + " .error", "PayOrder: The answer was lost. The request may have taken effect.");
        page.awaitThat("#lose-answer[aria-pressed=false]");
        page.click(row(id) + " [data-focus=retry]");
        page.awaitThat(row(id, "paid"));
        assertThat(head()).isEqualTo(before + 1);
    }

    @Test
    void a_repeated_command_has_the_same_response_and_no_second_effect() {
        String id = placed();
        pay(page, id);
        page.awaitThat(row(id, "paid"));
        String first = response();
        long head = head();
        page.click("#send-again");
        Waiting.until("two commands", () -> page.count(".exchange-line.command") == 2);
        page.awaitText(".exchange .response", "202");
        assertThat(response())
                .isEqualTo(first)
                .contains("ETag: " + tag(2), "Consistency-Token: ", "Location: /orders/" + id);
        assertThat(head()).isEqualTo(head);
    }

    /** Returns the displayed response, without its duration and correlation id. */
    private String response() {
        return page.text(".exchange .response")
                .replaceAll("after [\\d.]+ m?s", "")
                .replaceAll("Correlation-Id: .*\n", "");
    }

    private long head() {
        return get("/lab/events?limit=1").json().get("head").asLong();
    }

    @Test
    void each_event_of_a_stream_can_be_selected() {
        String id = placed();
        pay(page, id);
        page.awaitThat(row(id, "paid"));
        page.click(row(id) + " [data-focus=open]");
        page.awaitText("#stream-title", "order-" + id);
        page.awaitText(".after", "PAID");
        assertThat(page.count(".step.past")).isEqualTo(2);
        page.script("document.getElementById('travel').focus()");
        page.press(Keys.ARROW_LEFT);
        page.awaitText(".after", "PLACED");
        assertThat(page.count(".step.past")).isEqualTo(1);
        page.press(Keys.HOME);
        page.awaitText(".after", "No events, no state.");
        page.click(".step:nth-child(2) button");
        page.awaitText(".after", "PAID");
        page.click(row(id) + " [data-focus=ship]");
        page.awaitText(".after", "SHIPPED");
    }

    @Test
    void an_event_links_to_the_request_that_caused_it() {
        String id = placed();
        pay(page, id);
        page.awaitThat(row(id, "paid"));
        String paid = key();
        page.click(row(id) + " [data-focus=ship]");
        page.awaitThat(row(id, "shipped"));
        Waiting.until("another request", () -> !key().equals(paid));
        String shipped = key();
        page.click(row(id) + " [data-focus=open]");
        page.awaitText(".step:nth-child(2) .cause", "caused by PayOrder " + paid.substring(0, 8));
        page.awaitText(".step:nth-child(3) .cause", "caused by ShipOrder " + shipped.substring(0, 8));
        page.awaitText(".events tbody tr:first-child", "by ShipOrder " + shipped.substring(0, 8));
        page.click(".step:nth-child(2) .cause button");
        page.awaitText(".exchange .request", "Idempotency-Key: " + paid);
    }

    /** Returns the idempotency key of the displayed request. */
    private String key() {
        return page.text(".exchange .request").replaceAll("(?s).*Idempotency-Key: (\\w+).*", "$1");
    }

    @Test
    void events_of_other_clients_are_shown() {
        String id = placed();
        pay(id);
        page.awaitText(".events tbody tr:first-child", "order-paid");
        assertThat(page.text(".events tbody tr:first-child")).contains("order-" + id, "2");
        page.click(".events tbody tr:first-child button.link");
        page.awaitText(".after", "PAID");
    }

    @Test
    void a_subscription_is_started_changed_and_cancelled() {
        page.click("#tab-subscriptions");
        page.choose("#subscriber", CUSTOMER);
        page.click("#view-subscriptions button[type=submit].command");
        page.awaitText("#view-subscriptions .outcome", "StartSubscription was accepted, and is visible.");
        page.choose("#view-subscriptions .order select", "Museum");
        page.click("#view-subscriptions .order .actions button");
        page.awaitText("#view-subscriptions .outcome", "ChangePlan was accepted, and is visible.");
        page.awaitText("#view-subscriptions .order", "Museum, 120.00");
        page.click("#view-subscriptions .order .actions button:last-child");
        page.awaitThat("#view-subscriptions .order[data-status=cancelled]");
        page.click("#view-subscriptions .order .actions button");
        page.awaitText("#view-subscriptions .outcome", "has been cancelled (no longer wanted)");
    }

    @Test
    void active_customers_and_product_sales_are_shown() {
        placed();
        page.click("#tab-customers");
        page.awaitText("#view-customers tbody", "Atelier graphique");
        page.click("#tab-products");
        page.awaitText("#view-products tbody", "lamp");
    }

    @Test
    void an_unreachable_server_is_reported_until_it_is_back() throws Exception {
        try (var relay = Relay.to(diptych.port())) {
            String id = placed();
            page.open("http://127.0.0.1:" + relay.port() + "/");
            page.awaitThat(row(id));
            relay.cut();
            page.awaitText("#events .notice", "The server cannot be reached. Retrying.");
            pay(page, id);
            page.awaitText(row(id) + " .error", "The server cannot be reached");
            relay.mend();
            page.awaitThat("#events .notice[hidden]");
            page.click(row(id) + " [data-focus=retry]");
            page.awaitThat(row(id, "paid"));
        }
    }
}
