package dev.diptych.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Waiting;
import org.junit.jupiter.api.Test;

/** The lag of each projection over time, and how long it takes until a command is visible. */
class PageLagTest extends OnPageOfEachStore {

    private static String chart(String name) {
        return projection(name) + " .lag-chart";
    }

    private int number(String name, String attribute) {
        return Integer.parseInt(page.attribute(chart(name), attribute));
    }

    private void awaitSample(String name) {
        int before = number(name, "data-seconds");
        Waiting.until("a whole second", () -> number(name, "data-seconds") >= before + 2);
    }

    @Test
    void pauses_are_marked_and_the_lag_stays_in_the_chart() {
        String id = placed();
        page.awaitThat(chart("order-list") + "[data-pauses='0'][data-most='0']");
        pauseProjection("order-list");
        pay(id);
        page.awaitThat(chart("order-list") + "[data-pauses='1'][data-most='1']");
        resumeProjection("order-list");
        page.awaitThat(projection("order-list") + "[data-lag='0'][data-state=running]");
        awaitSample("order-list");
        pauseProjection("order-list");
        page.awaitThat(chart("order-list") + "[data-pauses='2']");
        assertThat(number("order-list", "data-most")).isEqualTo(1);
        assertThat(page.attribute(chart("order-list"), "aria-label")).contains("at most 1, 2 pauses");
        assertThat(page.attribute(chart("order-summaries"), "data-pauses")).isEqualTo("0");
    }

    @Test
    void rebuilds_are_marked() {
        placed();
        placed();
        slow("product-sales", 2_000);
        page.click(projection("product-sales") + " [data-verb=rebuild]");
        page.awaitThat(chart("product-sales") + "[data-rebuilds='1']");
        assertThat(page.attribute(chart("order-list"), "data-rebuilds")).isEqualTo("0");
        page.click(projection("product-sales") + " [data-verb='rebuild/cancel']");
        page.awaitThat(projection("product-sales") + "[data-rebuilding=false]");
        assertThat(page.attribute(chart("product-sales"), "data-rebuilds")).isEqualTo("1");
    }

    @Test
    void the_time_from_the_answer_to_visibility_is_shown_for_each_projection() {
        String id = placed();
        pauseProjection("order-list");
        page.awaitThat(projection("order-list") + "[data-state=paused]");
        pay(page, id);
        page.awaitText(projection("order-summaries") + " .wait-text", "after the answer");
        page.awaitThat(chart("order-list") + "[data-waits='1']");
        assertThat(page.text(projection("order-list") + " .wait-text")).isEmpty();
        resumeProjection("order-list");
        page.awaitText(projection("order-list") + " .wait-text", "after the answer");
        Waiting.until("the row is visible", () -> page.has(row(id, "paid")));
    }
}
