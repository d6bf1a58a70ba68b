package dev.diptych.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Diptych;
import dev.diptych.api.Store;
import dev.diptych.api.http.access.Access;
import dev.diptych.api.http.access.Side;
import dev.diptych.api.http.server.Listening;
import dev.diptych.api.launch.DemoData;
import dev.diptych.api.launch.MemoryStore;
import dev.diptych.store.postgres.faults.Relay;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The appearance and accessibility of the page: themes, widths, keyboard, axe-core. */
class PageLooksTest extends OnPage {

    @Override
    protected Store open() {
        return MemoryStore.open();
    }

    @BeforeAll
    void sendDemoData() {
        DemoData.send(diptych.commands());
    }

    /** Creates a paused projection, a rebuild in progress, a pending row, a rejection and an open stream. */
    private String showEverything() {
        String id = placed();
        String other = placed();
        page.click(row(other) + " [data-focus=ship]");
        page.awaitThat(row(other) + " .error");
        pay(page, id);
        page.awaitThat(row(id, "paid"));
        pauseProjection("order-list");
        slow("product-sales", 2_000);
        page.click(projection("product-sales") + " [data-verb=rebuild]");
        page.awaitThat(projection("product-sales") + "[data-rebuilding=true]");
        page.click(row(id) + " [data-focus=open]");
        page.click(row(id) + " [data-focus=ship]");
        page.awaitText(row(id) + " .pending-text", "behind");
        page.awaitText(".after", "SHIPPED");
        page.awaitThat(projection("order-list") + "[data-state=paused]");
        page.script("document.activeElement.blur();"
                + " document.querySelectorAll('.panel').forEach((each) => each.scrollTo(0, 0)); scrollTo(0, 0)");
        return id;
    }

    /** 720 by 450 pixels are 1440 by 900 at a zoom of 200 %. */
    @ParameterizedTest
    @CsvSource({"light, 1440, 1000", "dark, 1440, 1000", "light, 360, 760", "dark, 360, 760", "light, 720, 450"})
    void axe_finds_no_violation_and_nothing_scrolls_sideways(String theme, int width, int height) {
        String name = theme + "-" + width;
        page.setViewport(width, height, "prefers-color-scheme", theme);
        page.open(url());
        check(name + "-initial");
        showEverything();
        check(name + "-full");
        for (String tab : new String[] {"subscriptions", "customers", "products"}) {
            page.click("#tab-" + tab);
            page.awaitThat("#view-" + tab + " > *");
            check(name + "-" + tab);
        }
        page.click(".tokens summary");
        check(name + "-tokens");
        assertThat(page.errors()).isEmpty();
    }

    private void check(String name) {
        page.awaitThat(projection("order-list"));
        checkLooks(name);
    }

    @Test
    void the_whole_page_is_accessible() {
        page.setViewport(1440, 2300, "prefers-color-scheme", "light");
        showEverything();
        page.click("#race-open");
        inRace("A", "read");
        inRace("B", "read");
        inRace("A", "pay");
        page.awaitThat(".race-log .accepted");
        inRace("B", "cancel");
        page.awaitThat(".race-log .rejected");
        check("light-whole");
    }

    @Test
    void the_page_is_accessible_while_the_server_cannot_be_reached() throws Exception {
        try (var relay = Relay.to(diptych.port())) {
            String id = placed();
            page.open("http://127.0.0.1:" + relay.port() + "/");
            page.awaitThat(row(id));
            relay.cut();
            pay(page, id);
            page.awaitThat(row(id) + " .error [data-focus=retry]");
            page.awaitThat(projection("order-list") + "[data-state=unknown]");
            check("light-unreachable");
        }
    }

    @Test
    void the_page_sends_each_token_to_its_side() {
        String token = "a-token-of-more-than-enough-characters-";
        var access = Access.forThisMachine(
                Map.of(Side.WRITE, token + "w", Side.READ, token + "r", Side.OPERATIONS, token + "o"), "127.0.0.1");
        try (Diptych guarded =
                Diptych.start(MemoryStore.open(), new Listening("127.0.0.1", 0, Listening.IDLE, access), true)) {
            page.open("http://127.0.0.1:" + guarded.port() + "/");
            page.awaitText("#events .notice", "operations token");
            page.awaitThat(".tokens.required");
            page.click("#place-form button[type=submit]");
            page.awaitText("#place-form .outcome", "Not placed");
            page.awaitThat(".tokens[open]");
            page.type("#token-write", token + "w");
            page.type("#token-read", token + "r");
            page.type("#token-ops", token + "o");
            page.click(".tokens button");
            page.awaitThat("#events .notice[hidden]");
            page.click("#place-form button[type=submit]");
            page.awaitThat(".order[data-status=placed]:not(.pending)");
            page.awaitThat(projection("order-list") + "[data-lag='0']");
            assertThat(page.has(".tokens.required")).isFalse();
        }
    }

    @Test
    void axe_finds_a_planted_violation() {
        page.script("document.getElementById('customer').labels[0].remove()");
        assertThat(page.axe().violations()).anyMatch(each -> each.startsWith("select-name"));
    }

    @Test
    void the_security_policy_blocks_inline_styles() {
        page.script("document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">red</p>')");
        assertThat(page.errors()).anyMatch(each -> each.contains("Content Security Policy"));
    }

    @Test
    void the_page_can_be_used_with_the_keyboard() {
        page.script("document.activeElement.blur()");
        page.press(Keys.TAB);
        assertThat(page.focused()).isEqualTo("Skip to the client");
        page.press(Keys.ENTER);
        tabTo("customer");
        page.press("Atelier");
        tabTo("Place order");
        page.press(Keys.ENTER);
        page.awaitText("#place-form .outcome", "was placed");
        String id = page.attribute(".order", "data-id");
        page.awaitThat(row(id, "placed"));
        tabTo("Open the stream of order " + id);
        page.press(Keys.ENTER);
        page.awaitText("#stream-title", "order-" + id);
        tabTo("Pay order " + id);
        page.press(Keys.ENTER);
        page.awaitThat(row(id, "paid"));
        page.awaitText(".after", "PAID");
        assertThat(page.focused()).as("the focus after rendering again").isEqualTo("Pay order " + id);
        tabTo("Cancel order " + id);
        page.press(Keys.ENTER);
        tabTo("Reason for cancelling order " + id);
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
        throw new AssertionError(name + " is not reachable by Tab; the focus is on " + page.focused());
    }

    @Test
    void without_the_lab_routes_the_page_works_and_names_the_option() {
        try (Diptych other = Diptych.start(MemoryStore.open(), "127.0.0.1", 0)) {
            page.open("http://127.0.0.1:" + other.port() + "/");
            page.awaitText("#events .notice", "started with --lab");
            page.awaitText(".band-note", "are shown with --lab");
            page.click("#place-form button[type=submit]");
            page.awaitThat(".order[data-status=placed]:not(.pending)");
            page.awaitThat(projection("order-list") + "[data-lag='0']");
            page.awaitThat("[data-checkpoint=order-list][data-position='1'][data-lag='0']");
            page.awaitText(".trace", "visible");
            page.awaitText("#band-aggregate .decision", "PlaceOrder raised an event");
            assertThat(page.attribute("#band-tape", "data-ticks")).isEqualTo("0");
        }
    }
}
