package dev.diptych.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.Diptych;
import dev.diptych.api.launch.MemoryStore;
import dev.diptych.core.contract.Waiting;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;

/** The tour advances by what happens, on each store, and prepares what a step needs. */
class PageTourTest extends OnPageOfEachStore {

    private Tour tour() {
        return new Tour(page);
    }

    @BeforeEach
    void awaitLab() {
        page.awaitThat("#events .notice[hidden]");
    }

    @AfterEach
    void startOver() {
        post("/lab/start-over", "");
    }

    static int[] steps() {
        return IntStream.rangeClosed(1, Tour.STEPS).toArray();
    }

    @Test
    void a_visitor_takes_the_whole_tour_by_doing_what_it_says() {
        page.click("#tour-open");
        for (int step : steps()) {
            tour().take(step);
            assertThat(page.text(".tour-note")).isEmpty();
            if (step < Tour.STEPS) {
                tour().next();
            }
        }
        page.awaitThat("[data-tour=next]:disabled");
    }

    @ParameterizedTest
    @MethodSource("steps")
    void each_step_is_a_link_that_prepares_what_it_needs(int step) {
        tour().open(url(), step);
        tour().take(step);
        page.awaitThat(".tour-note[hidden]");
    }

    @Test
    void a_step_that_has_not_happened_is_not_done() {
        tour().open(url(), 3);
        page.awaitThat("[data-focus=pay][data-pointed]");
        String id = page.attribute(".order", "data-id");
        page.click(row(id) + " [data-focus=ship]");
        page.awaitThat(row(id) + " .error");
        assertThat(page.attribute("#tour", "data-done")).isEqualTo("false");
    }

    @Test
    void the_lag_is_real_and_ends_when_the_projection_is_resumed() {
        tour().open(url(), 3);
        tour().take(3);
        String id = page.attribute(".order", "data-id");
        assertThat(progress("order-list").get("lag").asLong()).isPositive();
        awaitVersion("/orders/" + id, 2);
        tour().next();
        tour().take(4);
        tour().next();
        tour().take(5);
        page.awaitThat(row(id, "shipped"));
        assertThat(progress("order-list").get("lag").asLong()).isZero();
    }

    @Test
    void a_repeated_and_a_lost_command_take_effect_once() {
        tour().open(url(), 6);
        page.awaitThat("#send-again[data-pointed]");
        long before = head();
        tour().take(6);
        assertThat(head()).isEqualTo(before);
        tour().open(url(), 8);
        page.awaitThat("#lose-answer[data-pointed]");
        before = head();
        tour().take(8);
        assertThat(head()).isEqualTo(before + 1);
    }

    @Test
    void an_order_behind_the_horizon_is_stored_and_not_read() {
        tour().open(url(), 9);
        page.awaitThat("#hold-append[data-pointed]");
        long readable =
                get("/lab/events?after=0&limit=500").json().get("through").asLong();
        tour().take(9);
        assertThat(get("/lab/events?after=" + readable).json().get("items")).isEmpty();
        page.awaitText("#hold-append", "Release the append");
        page.click("#hold-append");
        Waiting.until(
                "the order is read",
                () -> !get("/lab/events?after=" + readable).json().get("items").isEmpty());
    }

    @Test
    void a_rebuild_that_is_not_over_is_not_done() {
        placed();
        placed();
        tour().open(url(), 10);
        page.awaitThat(projection("order-list") + " [data-verb=rebuild][data-pointed]");
        slow("order-list", 2_000);
        page.click(projection("order-list") + " [data-verb=rebuild]");
        page.awaitThat(projection("order-list") + "[data-rebuilding=true]");
        assertThat(page.attribute("#tour", "data-done")).isEqualTo("false");
        page.click(projection("order-list") + " [data-verb='rebuild/cancel']");
        page.awaitThat(projection("order-list") + "[data-rebuilding=false]");
        slow("order-list", 0);
        assertThat(page.attribute("#tour", "data-done")).isEqualTo("false");
        tour().take(10);
    }

    @Test
    void a_presenter_goes_back_and_forth_by_keyboard() {
        page.click("#tour-open");
        tour().awaitStep(1);
        assertThat(page.focused()).isEqualTo("tour-title");
        page.press(Keys.PAGE_DOWN);
        tour().awaitStep(2);
        page.press(Keys.ARROW_RIGHT);
        tour().awaitStep(3);
        assertThat(page.url()).endsWith("tour=3");
        page.press(Keys.PAGE_UP);
        tour().awaitStep(2);
        page.press(Keys.ARROW_LEFT);
        tour().awaitStep(1);
        page.press(Keys.ARROW_LEFT);
        tour().awaitStep(1);
        page.script("history.back()");
        tour().awaitStep(2);
        page.press(Keys.ESCAPE);
        page.awaitThat("#tour[hidden]");
        assertThat(page.focused()).isEqualTo("tour-open");
        assertThat(page.url()).doesNotContain("tour");
        page.press(Keys.PAGE_DOWN);
        page.awaitThat("#tour[hidden]");
        page.click("#tour-open");
        tour().awaitStep(2);
    }

    @Test
    void keys_that_belong_to_a_control_do_not_move_the_tour() {
        page.click("#tour-open");
        tour().awaitStep(1);
        page.awaitThat("[data-pointed]");
        page.script("document.querySelector('input[name=strategy]:checked').focus()");
        page.press(Keys.ARROW_RIGHT);
        page.awaitText("#strategy-text", "queries with the consistency token");
        page.script("document.querySelector('.quantity').focus()");
        page.press(Keys.ARROW_LEFT, Keys.PAGE_DOWN);
        page.script("document.getElementById('tab-orders').focus()");
        page.press(Keys.ARROW_RIGHT);
        page.awaitThat("#tab-subscriptions[aria-selected=true]");
        assertThat(page.attribute("#tour", "data-step")).isEqualTo("1");
        page.press(Keys.PAGE_DOWN);
        tour().awaitStep(2);
    }

    @Test
    void the_focus_can_go_to_what_the_step_points_at() {
        page.click("#tour-open");
        page.awaitThat("#place-form [type=submit][data-pointed]");
        page.click("[data-tour=show]");
        assertThat(page.focused()).isEqualTo("Place order");
    }

    @Test
    void start_over_restores_a_known_state() {
        slow("product-sales", 200);
        tour().open(url(), 4);
        tour().take(4);
        String before = page.attribute(".order", "data-id");
        page.click("#race-open");
        page.awaitThat("#race:not([hidden])");
        page.click("[data-tour=again]");
        page.awaitThat("#tour[data-step='1'][data-done=false]");
        page.awaitThat("#race[hidden]");
        page.awaitThat("#place-form [type=submit][data-pointed]");
        assertThat(page.script("return document.querySelector('input[name=strategy]:checked').value"))
                .isEqualTo("optimistic");
        page.awaitGone(".projection.slowed");
        Waiting.until(
                "order-list runs",
                () -> progress("order-list").get("state").asText().equals("running"));
        tour().take(1);
        page.awaitThat(".order:first-child:not(.pending)");
        assertThat(page.attribute(".order", "data-id")).isNotEqualTo(before);
    }

    @Test
    void without_the_lab_the_tour_says_what_is_missing() {
        try (Diptych other = Diptych.start(MemoryStore.open(), "127.0.0.1", 0)) {
            page.open("http://127.0.0.1:" + other.port() + "/#tour=9");
            page.awaitText(".tour-say", "requires a server that was started with --lab");
            assertThat(page.has("[data-pointed]")).isFalse();
        }
    }

    private JsonNode progress(String name) {
        for (JsonNode each : get("/projections").json().get("items")) {
            if (each.get("name").asText().equals(name)) {
                return each;
            }
        }
        throw new AssertionError("There is no projection " + name);
    }

    private long head() {
        return get("/lab/events?limit=1").json().get("head").asLong();
    }
}
