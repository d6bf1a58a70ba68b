package dev.diptych.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Store;
import dev.diptych.api.launch.DemoData;
import dev.diptych.api.launch.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** What happens is in sight, at every size, and the address leads back to it. */
class PageViewTest extends OnPage {

    @Override
    protected Store open() {
        return MemoryStore.open();
    }

    @BeforeAll
    void sendDemoData() {
        DemoData.send(diptych.commands());
    }

    @AfterEach
    void requireNoBrowserErrors() {
        page.block();
        assertThat(page.errors()).isEmpty();
    }

    @Test
    void a_rebuild_is_shown_while_the_rows_that_serve_stay() {
        String id = placed();
        slow("order-list", 2_000);
        page.click(projection("order-list") + " [data-verb=rebuild]");
        page.awaitThat(projection("order-list") + "[data-rebuilding=true]");
        page.awaitText(projection("order-list") + " .rebuild", "Rebuild: copy 2 at 0 of ");
        assertThat(page.has(row(id, "placed"))).isTrue();
        page.click(projection("order-list") + " [data-verb='rebuild/cancel']");
        page.awaitThat(projection("order-list") + "[data-rebuilding=false]");
        page.awaitText(projection("order-list") + " .rebuild", "The rebuild has ended.");
        slow("order-list", 0);
        page.click(projection("order-list") + " [data-verb=rebuild]");
        page.awaitText(projection("order-list") + " .rebuild", "The rebuild has ended.");
        assertThat(page.has(row(id, "placed"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1440, 900", "1280, 720", "720, 450"})
    void a_stream_that_is_opened_comes_into_sight(int width, int height) {
        page.setViewport(width, height);
        String id = placed();
        page.click(row(id) + " [data-focus=open]");
        page.awaitText("#stream-title", "order-" + id);
        page.awaitShown(".step:first-child");
        page.script("document.querySelectorAll('.panel').forEach((each) => each.scrollTo(0, 0)); scrollTo(0, 0)");
        page.click(row(id) + " [data-focus=open]");
        page.awaitShown(".step:first-child");
    }

    @ParameterizedTest
    @CsvSource({"1440, 900", "1280, 720"})
    void a_race_is_in_sight_and_the_window_does_not_scroll(int width, int height) {
        page.setViewport(width, height);
        placed();
        page.script("document.querySelector('#client').scrollTo(0, 300)");
        page.click("#race-open");
        page.awaitShown("[data-client=B] .buttons");
        inRace("B", "read");
        page.awaitShown(".race-log li");
        assertThat(page.script("return document.scrollingElement.scrollHeight - innerHeight"))
                .as("no empty space below the panels")
                .isEqualTo(0L);
    }

    @Test
    void tab_stream_and_time_are_in_the_address() {
        String first = placed();
        String second = placed();
        page.click("#tab-customers");
        page.open(page.url());
        page.awaitThat("#tab-customers[aria-selected=true]");
        page.click("#tab-orders");
        page.click(row(first) + " [data-focus=open]");
        page.awaitText("#stream-title", "order-" + first);
        pay(page, first);
        page.awaitText(".after", "PAID");
        page.click(".step:first-child button");
        page.awaitText(".after", "PLACED");
        String link = page.url();
        page.click(row(second) + " [data-focus=open]");
        page.awaitText("#stream-title", "order-" + second);
        page.script("history.back()");
        page.awaitText("#stream-title", "order-" + first);
        page.awaitText(".travel-text", "after 1 event of 2");
        page.script("location.href = 'about:blank'");
        page.awaitGone("#stream-title");
        page.open(link);
        page.awaitText("#stream-title", "order-" + first);
        page.awaitText(".travel-text", "after 1 event of 2");
        page.awaitThat("#tab-orders[aria-selected=true]");
    }

    @Test
    void the_page_is_drawn_before_it_has_data() {
        page.block("*limit=12*", "*/lab/*"); // orders and events; other patterns also match the page's modules
        page.open(url());
        page.awaitThat("#place-form");
        page.awaitText("#view-orders", "The server cannot be reached. Retrying.");
        page.awaitText("#events", "The server cannot be reached. Retrying.");
        page.block();
        page.awaitThat(".order");
        page.awaitThat(".events tbody tr");
    }

    @ParameterizedTest
    @CsvSource({"1440, 900", "1280, 720", "900, 700", "360, 760"})
    void nothing_moves_while_the_page_loads(int width, int height) {
        page.setViewport(width, height);
        page.open(url());
        page.awaitThat(".order");
        page.awaitThat(".events tbody tr");
        page.awaitThat(projection("order-list"));
        Object shifts = page.script("""
                const observer = new PerformanceObserver(() => {});
                observer.observe({ type: 'layout-shift', buffered: true });
                const name = ({ node }) => node?.id || node?.className || node?.nodeName;
                return observer.takeRecords()
                    .map((each) => each.value.toFixed(4) + ' ' + each.sources.map(name).join(', '))
                    .join('; ');
                """);
        assertThat(shifts).isEqualTo("");
        System.out.printf(
                "page at %d x %d: %s requests to begin with%n",
                width, height, page.script("return performance.getEntriesByType('resource').length"));
    }

    @ParameterizedTest
    @CsvSource({"900, 700", "1100, 800", "1280, 720", "1440, 900"})
    void the_panels_are_side_by_side_and_show_an_order(int width, int height) {
        page.setViewport(width, height);
        page.open(url());
        page.awaitThat(".order");
        assertThat(page.script("return document.getElementById('client').getBoundingClientRect().top"
                        + " - document.getElementById('server').getBoundingClientRect().top"))
                .isEqualTo(0L);
        if (height >= 900) {
            page.awaitShown(".order");
        }
    }

    @Test
    void the_first_projection_is_few_stops_of_the_tab_key_away() {
        page.awaitThat(".order");
        page.awaitThat(projection("order-list"));
        page.script("document.activeElement.blur()");
        int stops = 0;
        while (!page.focused().startsWith("Pause ")) {
            page.press(Keys.TAB);
            assertThat(++stops).as("stops, the last at " + page.focused()).isLessThanOrEqualTo(30);
        }
        assertThat(stops).isGreaterThan(15);
    }

    @Test
    void arrow_keys_lead_from_one_order_to_the_next() {
        String older = placed();
        String newer = placed();
        page.script("document.querySelector(arguments[0]).focus()", row(newer) + " [data-focus=pay]");
        page.press(Keys.ARROW_DOWN);
        assertThat(page.focused()).isEqualTo("Pay order " + older);
        page.press(Keys.TAB);
        assertThat(page.focused()).isEqualTo("Ship order " + older);
        page.press(Keys.ARROW_UP);
        assertThat(page.focused()).isEqualTo("Ship order " + newer);
    }
}
