package dev.diptych.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.http.server.Listening;
import dev.diptych.api.launch.MemoryStore;
import dev.diptych.core.contract.Waiting;
import dev.diptych.store.postgres.faults.Relay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What a person does on the page, and sees happen, on whatever store. */
abstract class PageSpecs extends OnPage {

    @AfterEach
    void nothingWasComplainedOf() {
        assertThat(page.complaints()).isEmpty();
    }

    @Test
    void an_order_is_placed_paid_and_shipped_by_clicking() {
        page.choose("#customer", CUSTOMER);
        page.type(".quantity", "3");
        page.click("#place-form button[type=submit]");
        page.awaitText("#place-form .outcome", "is placed");
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
    void a_rejection_is_shown_in_words_where_it_happens() {
        String id = placed();
        page.click(row(id) + " [data-focus=ship]");
        page.awaitText(
                row(id) + " .trouble", "Order " + id + " has not been paid, so it cannot be shipped. Pay 15.00 first.");
        page.awaitThat(row(id, "placed"));
        page.click(row(id) + " [data-focus=forgive]");
        page.awaitGone(row(id) + " .trouble");
    }

    @Test
    void an_order_that_cannot_be_placed_says_so_in_the_form() {
        page.type(".quantity", "0");
        page.click("#place-form button[type=submit]");
        page.awaitText("#place-form .outcome", "items[0].quantity must be");
        page.click("#place-form .place-end button[type=button]");
        page.type(".quantity", "1");
        page.click("#place-form button[type=submit]");
        page.awaitText("#place-form .outcome", "Not placed");
    }

    @Test
    void an_optimistic_row_is_marked_until_the_read_model_has_it() {
        String id = placed();
        pauseProjection("order-list");
        pay(page, id);
        page.awaitThat(row(id) + ".hoped.waiting[data-status=paid]");
        page.awaitText(row(id) + " .pending-words", "not yet in this list: 1 behind");
        resumeProjection("order-list");
        page.awaitThat(row(id, "paid"));
        page.awaitThat(".crossing.seen");
    }

    @Test
    void an_optimistic_row_is_taken_back_when_the_command_is_refused() {
        String id = placed();
        page.script("""
                window.shown = [];
                new MutationObserver(() => window.shown.push(document.querySelector(arguments[0])?.dataset.status))
                    .observe(document.querySelector('.orders'), { childList: true, subtree: true });
                """, row(id));
        page.click(row(id) + " [data-focus=ship]");
        page.awaitThat(row(id, "placed") + " .trouble");
        assertThat(String.valueOf(page.script("return window.shown.join(' ')"))).matches(".*shipped.* placed");
    }

    @Test
    void polling_shows_nothing_until_it_is_so() {
        String id = placed();
        goBy("polling");
        pauseProjection("order-list");
        pay(page, id);
        page.awaitText(row(id) + " .pending-words", "not yet in this list: 1 behind");
        page.awaitThat(row(id) + ".waiting[data-status=placed]:not(.hoped)");
        resumeProjection("order-list");
        page.awaitThat(row(id, "paid"));
    }

    @Test
    void with_a_subscription_rows_come_by_themselves_whoever_changed_them() {
        String id = placed();
        goBy("subscription");
        page.awaitThat(".connection[data-state=live]");
        pay(id);
        page.awaitThat(row(id, "paid"));
        page.click(row(id) + " [data-focus=ship]");
        page.awaitThat(row(id, "shipped"));
        page.awaitThat(".crossing.seen");
    }

    @Test
    void with_a_subscription_an_order_that_leaves_the_filter_leaves_the_list() {
        String id = placed();
        goBy("subscription");
        page.choose("#filter-status", "placed");
        page.awaitThat(".connection[data-state=live]");
        page.awaitThat(row(id, "placed"));
        pay(page, id);
        page.awaitGone(row(id));
    }

    @Test
    void a_subscription_that_is_lost_goes_on_where_it_was_when_the_way_is_mended() throws Exception {
        try (var relay = Relay.to(diptych.port())) {
            String id = placed();
            page.open("http://127.0.0.1:" + relay.port() + "/");
            goBy("subscription");
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
    void a_subscription_whose_store_has_another_history_empties_the_list_and_says_what_may_be_lost() {
        try (var other = Diptych.start(MemoryStore.open(), Listening.here(), true);
                var client = new Http(other.port());
                var relay = Relay.to(diptych.port())) {
            String unshown = placed();
            String kept = placed();
            String lost = placed();
            page.open("http://127.0.0.1:" + relay.port() + "/");
            goBy("subscription");
            page.awaitThat(".connection[data-state=live]");
            pauseProjection("order-list");
            pay(page, unshown);
            page.awaitText(row(unshown) + " .pending-words", "done, and not yet in this list");
            relay.pointTo(other.port());
            page.awaitGone(row(lost));
            page.awaitText(row(unshown) + " .trouble", "PayOrder: It was done, but the store has another history now");
            page.awaitGone(row(kept));
            client.post(
                    "/orders", "{\"order_id\":\"" + kept + "\",\"customer_id\":\"" + CUSTOMER + "\"," + ITEMS + "}");
            page.awaitThat(row(kept, "placed"));
            pay(page, kept);
            page.awaitThat(row(kept, "paid"));
            Waiting.until("the events of the other history alone", () -> page.count(".events tbody tr") == 2);
            page.click(row(unshown) + " [data-focus=forgive]");
            page.awaitGone(row(unshown));
        }
    }

    @Test
    void a_command_whose_token_is_of_a_history_that_has_ended_is_said_to_be_lost_perhaps() {
        try (var other = Diptych.start(MemoryStore.open(), Listening.here(), true);
                var relay = Relay.to(diptych.port())) {
            String id = placed();
            page.open("http://127.0.0.1:" + relay.port() + "/");
            page.awaitThat(row(id));
            pauseProjection("order-list");
            pay(page, id);
            page.awaitText(row(id) + " .pending-words", "done, and not yet in this list");
            relay.pointTo(other.port());
            page.awaitText(row(id) + " .trouble", "PayOrder: It was done, but the store has another history now");
            page.awaitGone(row(id) + ".waiting");
        }
    }

    @Test
    void the_lag_of_a_paused_projection_grows_and_drains() {
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
    void a_projection_is_built_again() {
        String id = placed();
        page.click(projection("order-list") + " .buttons button:last-child");
        page.awaitThat(projection("order-list") + "[data-lag='0']");
        page.open(url());
        page.awaitThat(row(id, "placed"));
    }

    @Test
    void who_decides_on_an_old_version_is_told_and_decides_again() {
        String id = placed();
        String first = page.window();
        String second = page.openAnother(url());
        page.awaitThat(row(id, "placed"));
        pauseProjection("order-list"); // so that neither sees what the other does
        page.turnTo(first);
        pay(page, id);
        page.awaitThat(row(id) + "[data-status=paid]");
        page.awaitText(row(id) + " .pending-words", "done");
        page.turnTo(second);
        cancel(page, id);
        page.awaitText(row(id) + " .trouble", "Somebody was faster: it is at version 2 now. Nothing was done.");
        page.click(row(id) + " [data-focus=retry]");
        page.awaitText(row(id) + " .pending-words", "done");
        resumeProjection("order-list");
        page.awaitThat(row(id, "cancelled"));
        page.closeWindow(first);
        assertThat(awaitVersion("/orders/" + id, 3).get("version").asInt()).isEqualTo(3);
    }

    @Test
    void two_clients_race_for_one_order_and_one_of_them_tries_again() {
        page.click("#race");
        Waiting.until("the race is over", () -> page.count(".race li") >= 5 && page.has("#race:not(:disabled)"));
        assertThat(page.text(".race"))
                .contains("with If-Match " + tag(1) + " and is answered 202, now at version 2")
                .contains("is answered 412")
                .contains("reads again: version 2");
    }

    @Test
    void a_command_that_is_sent_again_under_its_key_is_answered_the_same_and_done_once() {
        String id = placed();
        pay(page, id);
        page.awaitThat(row(id, "paid"));
        String first = answer();
        long head = head();
        page.click("#send-again");
        Waiting.until("two commands", () -> page.count(".exchange-line.command") == 2);
        page.awaitText(".exchange .answer", "202");
        assertThat(answer())
                .isEqualTo(first)
                .contains("ETag: " + tag(2), "Consistency-Token: ", "Location: /orders/" + id);
        assertThat(head()).isEqualTo(head);
    }

    /** The answer that is shown, without what is different each time. */
    private String answer() {
        return page.text(".exchange .answer")
                .replaceAll("after [\\d.]+ m?s", "")
                .replaceAll("Correlation-Id: .*\n", "");
    }

    private long head() {
        return get("/lab/events?limit=1").json().get("head").asLong();
    }

    @Test
    void a_stream_is_travelled_through_event_by_event() {
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
        page.awaitText(".after", "No event, no state.");
        page.click(".step:nth-child(2) button");
        page.awaitText(".after", "PAID");
        page.click(row(id) + " [data-focus=ship]");
        page.awaitText(".after", "SHIPPED");
    }

    @Test
    void an_event_names_the_command_that_caused_it_and_leads_to_its_request() {
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

    /** The key of the request that is shown. */
    private String key() {
        return page.text(".exchange .request").replaceAll("(?s).*Idempotency-Key: (\\w+).*", "$1");
    }

    @Test
    void what_is_done_elsewhere_shows_in_the_order_of_all_events() {
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
        page.awaitText("#view-subscriptions .outcome", "StartSubscription is done, and can be seen.");
        page.choose("#view-subscriptions .order select", "Museum");
        page.click("#view-subscriptions .order .actions button");
        page.awaitText("#view-subscriptions .outcome", "ChangePlan is done, and can be seen.");
        page.awaitText("#view-subscriptions .order", "Museum, 120.00");
        page.click("#view-subscriptions .order .actions button:last-child");
        page.awaitThat("#view-subscriptions .order[data-status=cancelled]");
        page.click("#view-subscriptions .order .actions button");
        page.awaitText("#view-subscriptions .outcome", "has been cancelled (no longer wanted)");
    }

    @Test
    void customers_and_products_are_views_over_many_orders() {
        placed();
        page.click("#tab-customers");
        page.awaitText("#view-customers tbody", "Atelier graphique");
        page.click("#tab-products");
        page.awaitText("#view-products tbody", "lamp");
    }

    @Test
    void the_machinery_says_when_the_server_is_away_and_goes_on_when_it_is_back() throws Exception {
        try (var relay = Relay.to(diptych.port())) {
            String id = placed();
            page.open("http://127.0.0.1:" + relay.port() + "/");
            page.awaitThat(row(id));
            relay.cut();
            page.awaitText("#events .notice", "The server cannot be reached. Trying again.");
            pay(page, id);
            page.awaitText(row(id) + " .trouble", "The server cannot be reached");
            relay.mend();
            page.awaitThat("#events .notice[hidden]");
            page.click(row(id) + " [data-focus=retry]");
            page.awaitThat(row(id, "paid"));
        }
    }
}
