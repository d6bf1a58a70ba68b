package dev.diptych.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** One order, its truths side by side: the aggregate, and the rows of two views, each with what it reflects. */
class PageTruthsTest extends OnPageOfEachStore {

    private static final int AGGREGATE = 2;
    private static final int SUMMARY = 3;
    private static final int LIST = 4;

    private static String cell(String member, int column) {
        return ".truths tr[data-member=" + member + "] :nth-child(" + column + ")";
    }

    private void openStream(String id) {
        page.click(row(id) + " [data-focus=open]");
        page.awaitText("#stream-title", "order-" + id);
    }

    @Test
    void a_row_that_is_behind_differs_from_the_aggregate() {
        String id = placed();
        openStream(id);
        page.awaitText(".verdict", "The aggregate and the rows agree, at version 1.");
        pauseProjection("order-list");
        pay(page, id);
        page.awaitText(cell("status", AGGREGATE), "PAID");
        page.awaitText(cell("status", SUMMARY), "paid");
        page.awaitText(cell("status", LIST) + ".differs", "placed");
        page.awaitText(".verdict", "order-list is behind: it has not applied 1 event of this order.");
        assertThat(page.has(cell("status", SUMMARY) + ".differs")).isFalse();
        page.screenshot("truths-differ");
        resumeProjection("order-list");
        page.awaitText(".verdict", "The aggregate and the rows agree, at version 2.");
        page.awaitGone(".truths .differs");
        page.awaitText(cell("status", LIST), "paid");
    }

    @Test
    void each_truth_has_its_version_its_position_and_its_checkpoint() {
        String id = placed();
        long placedAt = head();
        pauseProjection("order-list");
        pay(page, id);
        page.awaitText(row(id) + " .pending-text", "accepted");
        openStream(id);
        awaitVersion("/orders/" + id, 2);
        page.awaitText(cell("version", SUMMARY), "2");
        page.awaitText(cell("position", AGGREGATE), String.valueOf(placedAt + 1));
        page.awaitText(cell("position", SUMMARY), String.valueOf(placedAt + 1));
        page.awaitText(cell("checkpoint", SUMMARY), String.valueOf(placedAt + 1));
        page.awaitText(cell("version", LIST), "1");
        page.awaitText(cell("position", LIST) + ".differs", String.valueOf(placedAt));
        page.awaitText(cell("checkpoint", LIST), String.valueOf(placedAt));
    }

    @Test
    void the_slider_moves_the_aggregate_through_time_and_the_rows_stay() {
        String id = placed();
        pay(page, id);
        page.awaitThat(row(id, "paid"));
        openStream(id);
        page.awaitText(".verdict", "agree, at version 2");
        assertThat(page.has(cell("status", AGGREGATE) + ".changed")).isTrue();
        page.click(".step:first-child button");
        page.awaitText(".verdict", "The aggregate as it was after 1 event. The rows are as they are now.");
        page.awaitText(cell("status", AGGREGATE), "PLACED");
        page.awaitText(cell("status", LIST) + ".differs", "paid");
        page.script("const travel = document.getElementById('travel'); travel.value = 0;"
                + " travel.dispatchEvent(new Event('input')); travel.dispatchEvent(new Event('change'))");
        page.awaitText(".verdict", "No events, no state. The rows are as they are now.");
        page.awaitText(cell("status", AGGREGATE), "–");
        page.awaitText(cell("status", SUMMARY), "paid");
        assertThat(page.has(".truths .differs")).isFalse();
    }

    @Test
    void an_order_that_a_view_does_not_have_yet_has_no_row() {
        placed();
        pauseProjection("order-list");
        place("unlisted");
        page.awaitText(".events tbody tr:first-child", "order-unlisted");
        page.click(".events tbody tr:first-child button.link");
        page.awaitText(".verdict", "order-list does not have it yet.");
        page.awaitText(cell("status", LIST), "–");
        page.awaitText(cell("status", SUMMARY), "placed");
    }

    @Test
    void a_stream_without_such_views_shows_the_aggregate_alone() {
        post(
                "/subscriptions",
                "{\"subscription_id\":\"truths\",\"customer_id\":\"103\",\"plan\":\"Museum\","
                        + "\"monthly_price\":\"120.00\"}");
        page.awaitText(".events tbody tr:first-child", "subscription-truths");
        page.click(".events tbody tr:first-child button.link");
        page.awaitText(".truths", "RUNNING");
        assertThat(page.count(".truths thead th")).isEqualTo(1);
        assertThat(page.count(".truths tr[data-member=checkpoint]")).isZero();
    }

    private long head() {
        return get("/lab/events?limit=1").json().get("head").asLong();
    }
}
