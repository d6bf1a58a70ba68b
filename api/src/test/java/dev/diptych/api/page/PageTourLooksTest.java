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
import org.junit.jupiter.params.provider.ValueSource;

/** The tour at several sizes and in both themes: accessible, in sight, and covering nothing that it points at. */
class PageTourLooksTest extends OnPage {

    @Override
    protected Store open() {
        return MemoryStore.open();
    }

    @BeforeAll
    void sendDemoData() {
        DemoData.send(diptych.commands());
    }

    @AfterEach
    void startOver() {
        post("/lab/start-over", "");
    }

    @ParameterizedTest
    @CsvSource({
        "light, 1440, 900",
        "dark, 1440, 900",
        "light, 1280, 720",
        "light, 720, 450",
        "dark, 360, 760",
        "light, 360, 760"
    })
    void the_tour_is_accessible_and_in_sight(String theme, int width, int height) {
        // without motion, so that no text is half faded when its contrast is checked
        page.setViewport(width, height, "prefers-color-scheme", theme, "prefers-reduced-motion", "reduce");
        var tour = new Tour(page);
        for (int step : new int[] {3, 7, 9, 12}) {
            tour.open(url(), step);
            page.awaitNotCovered("[data-pointed]");
            tour.take(step);
            page.awaitNotCovered("[data-pointed]");
            page.awaitShown("#tour .tour-buttons");
            checkLooks("tour-" + theme + "-" + width + "-" + step);
        }
        assertThat(page.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_mark_respects_reduced_motion(boolean reduced) {
        page.setMedia("prefers-reduced-motion", reduced ? "reduce" : "no-preference");
        page.script("""
                window.moved = [];
                document.addEventListener('animationstart', (event) => window.moved.push(event.animationName));
                """);
        page.click("#tour-open");
        page.awaitThat("[data-pointed]");
        page.click("[data-tour=next]");
        page.awaitThat("[data-verb=pause][data-pointed]");
        String moved = String.valueOf(page.script("return window.moved.join(' ')"));
        if (reduced) {
            assertThat(moved).doesNotContain("point");
        } else {
            assertThat(moved).contains("point");
        }
    }

    @Test
    void a_step_that_cannot_be_prepared_says_why() {
        page.block("*/pause");
        new Tour(page).open(url(), 3);
        page.awaitText(".tour-note", "The server cannot be reached.");
        page.block();
    }
}
