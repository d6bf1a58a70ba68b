package dev.diptych.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.http.access.Access;
import dev.diptych.api.http.access.Side;
import dev.diptych.api.http.server.Listening;
import dev.diptych.api.launch.DemoBook;
import dev.diptych.api.launch.MemoryStore;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** How the page looks, to whom: light and dark, wide and narrow, with keys alone, and through axe's eyes. */
class PageLooksTest extends OnPage {

    @Override
    Store open() {
        return MemoryStore.open();
    }

    @BeforeAll
    void sendBook() {
        DemoBook.send(diptych.commands());
    }

    /** Everything that the page can show at once: a paused projection, a row in hope, a refusal, an open stream. */
    private String busy() {
        String id = placed();
        String other = placed();
        page.click(row(other) + " [data-focus=ship]");
        page.awaitThat(row(other) + " .trouble");
        pay(page, id);
        page.awaitThat(row(id, "paid"));
        pauseProjection("order-list");
        slow("product-sales", 2_000);
        page.click(row(id) + " [data-focus=open]");
        page.click(row(id) + " [data-focus=ship]");
        page.awaitText(row(id) + " .pending-words", "behind");
        page.awaitText(".after", "SHIPPED");
        page.awaitThat(projection("order-list") + "[data-state=paused]");
        page.script("document.activeElement.blur()");
        return id;
    }

    @ParameterizedTest
    @CsvSource({"light, 1440, 1000", "dark, 1440, 1000", "light, 360, 760", "dark, 360, 760", "light, 1920, 1080"})
    void axe_finds_nothing_serious_and_nothing_scrolls_sideways(String theme, int width, int height) {
        String name = theme + "-" + width;
        page.look(width, height, "prefers-color-scheme", theme);
        page.open(url());
        check(name + "-quiet");
        busy();
        check(name + "-busy");
        for (String tab : new String[] {"subscriptions", "customers", "products"}) {
            page.click("#tab-" + tab);
            page.awaitThat("#view-" + tab + " > *");
            check(name + "-" + tab);
        }
        page.click(".tokens summary");
        check(name + "-tokens");
        assertThat(page.complaints()).isEmpty();
    }

    private void check(String name) {
        page.awaitThat(projection("order-list"));
        page.picture(name);
        Browser.Axe axe = page.axe();
        assertThat(axe.violations()).as(name).isEmpty();
        assertThat(axe.passes()).as("rules that axe has applied").isGreaterThan(20);
        assertThat(page.script("return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as(name + " does not scroll sideways")
                .isEqualTo(0L);
    }

    @Test
    void all_of_the_machinery_is_pictured() {
        page.look(1440, 2300, "prefers-color-scheme", "light");
        busy();
        page.click("#race");
        page.awaitThat("#race:not(:disabled)");
        check("light-whole");
    }

    @Test
    void with_tokens_the_page_asks_for_them_and_sends_each_to_its_side() {
        String token = "a-token-of-more-than-enough-characters-";
        var access = Access.forThisMachine(
                Map.of(Side.WRITE, token + "w", Side.READ, token + "r", Side.OPERATIONS, token + "o"), "127.0.0.1");
        try (Diptych guarded =
                Diptych.start(MemoryStore.open(), new Listening("127.0.0.1", 0, Listening.IDLE, access), true)) {
            page.open("http://127.0.0.1:" + guarded.port() + "/");
            page.awaitText("#events .notice", "operations token");
            page.awaitThat(".tokens.wanted");
            page.click("#place-form button[type=submit]");
            page.awaitText("#place-form .outcome", "Not placed");
            page.click(".tokens summary");
            page.type("#token-write", token + "w");
            page.type("#token-read", token + "r");
            page.type("#token-ops", token + "o");
            page.click(".tokens button");
            page.awaitThat("#events .notice[hidden]");
            page.click("#place-form button[type=submit]");
            page.awaitThat(".order[data-status=placed]:not(.waiting)");
            page.awaitThat(projection("order-list") + "[data-lag='0']");
            assertThat(page.has(".tokens.wanted")).isFalse();
        }
    }

    @Test
    void axe_would_find_what_is_serious() {
        page.script("document.getElementById('customer').labels[0].remove()");
        assertThat(page.axe().violations()).anyMatch(each -> each.startsWith("select-name"));
    }

    @Test
    void a_script_or_a_style_in_the_document_is_not_run_and_is_complained_of() {
        page.script("document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">red</p>')");
        assertThat(page.complaints()).anyMatch(each -> each.contains("Content Security Policy"));
    }

    @Test
    void with_keys_alone_an_order_is_placed_and_paid_and_its_stream_opened() {
        page.script("document.activeElement.blur()");
        page.press(Keys.TAB);
        assertThat(page.focused()).isEqualTo("To the desk");
        page.press(Keys.ENTER);
        tabTo("customer");
        page.press("Atelier");
        tabTo("Place order");
        page.press(Keys.ENTER);
        page.awaitText("#place-form .outcome", "is placed");
        String id = page.attribute(".order", "data-id");
        page.awaitThat(row(id, "placed"));
        tabTo("Open the stream of order " + id);
        page.press(Keys.ENTER);
        page.awaitText("#stream-title", "order-" + id);
        tabTo("Pay order " + id);
        page.press(Keys.ENTER);
        page.awaitThat(row(id, "paid"));
        page.awaitText(".after", "PAID");
        assertThat(page.focused()).as("drawn anew, it keeps the focus").isEqualTo("Pay order " + id);
        tabTo("Cancel order " + id);
        page.press(Keys.ENTER);
        tabTo("Why order " + id + " is cancelled");
        page.press(Keys.ENTER);
        page.awaitThat(row(id, "cancelled"));
    }

    private void tabTo(String name) {
        for (int i = 0; i < 60; i++) {
            if (page.focused().equals(name)) {
                return;
            }
            page.press(Keys.TAB);
        }
        throw new AssertionError("No way leads to " + name + ", but to " + page.focused());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void things_move_only_for_those_who_do_not_mind(boolean reduced) {
        page.prefer("prefers-reduced-motion", reduced ? "reduce" : "no-preference");
        page.open(url());
        String id = placed();
        page.script("""
                window.moved = [];
                document.addEventListener('animationstart', (event) => window.moved.push(event.animationName));
                document.addEventListener('transitionrun', (event) => window.moved.push(event.propertyName));
                """);
        pauseProjection("order-list");
        pay(page, id);
        page.awaitThat(projection("order-list") + ":not([data-lag='0'])");
        resumeProjection("order-list");
        page.awaitThat(row(id, "paid"));
        page.awaitThat(".crossing.seen");
        String moved = String.valueOf(page.script("return window.moved.join(' ')"));
        if (reduced) {
            assertThat(moved).isEmpty();
        } else {
            assertThat(moved).contains("cross-right", "cross-left", "transform");
        }
    }

    @Test
    void without_a_lab_the_desk_works_and_the_machinery_says_how_to_get_it() {
        try (Diptych other = Diptych.start(MemoryStore.open(), "127.0.0.1", 0)) {
            page.open("http://127.0.0.1:" + other.port() + "/");
            page.awaitText("#events .notice", "started with --lab");
            page.click("#place-form button[type=submit]");
            page.awaitThat(".order[data-status=placed]:not(.waiting)");
            page.awaitThat(projection("order-list") + "[data-lag='0']");
        }
    }
}
