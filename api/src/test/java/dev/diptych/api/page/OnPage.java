package dev.diptych.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.Diptych;
import dev.diptych.api.http.server.Listening;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OnStore;
import dev.diptych.core.contract.Waiting;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** Tests of the page in a real browser, on a server with the lab routes. */
@Tag("full")
abstract class OnPage extends OnStore {

    /** A customer of the demo data, so that the page knows the name. */
    static final String CUSTOMER = "103";

    private static final AtomicInteger ORDERS = new AtomicInteger();

    Browser page;

    @Override
    @BeforeAll
    protected void start() {
        diptych = Diptych.start(open(), Listening.here(), true);
        http = new Http(diptych.port());
        page = Browser.start();
    }

    @Override
    @AfterAll
    protected void stop() {
        page.close();
        super.stop();
    }

    @BeforeEach
    void openPage() {
        page.setViewport(1440, 1000);
        page.open(url());
        page.script("sessionStorage.clear(); localStorage.clear()");
        page.open(url());
    }

    @AfterEach
    void resumeAllProjections() {
        for (JsonNode projection : get("/projections").json().get("items")) {
            String name = projection.get("name").asText();
            slow(name, 0);
            post("/projections/" + name + "/resume", "");
        }
    }

    String url() {
        return "http://127.0.0.1:" + diptych.port() + "/";
    }

    /** Places an order, and waits until the page shows it. */
    String placed() {
        String id = "page-" + ORDERS.incrementAndGet();
        post("/orders", "{\"order_id\":\"" + id + "\",\"customer_id\":\"" + CUSTOMER + "\"," + ITEMS + "}");
        awaitListed(id, "placed");
        page.open(url());
        page.awaitThat(row(id));
        return id;
    }

    void awaitListed(String id, String status) {
        Waiting.until(id + " is " + status, () -> {
            for (JsonNode order : get("/orders?customer_id=" + CUSTOMER).json().get("items")) {
                if (order.get("order_id").asText().equals(id)) {
                    return order.get("status").asText().equals(status);
                }
            }
            return false;
        });
    }

    static String row(String id) {
        return ".order[data-id='" + id + "']";
    }

    static String row(String id, String status) {
        return ".order[data-id='" + id + "'][data-status='" + status + "']:not(.pending)";
    }

    void pay(Browser page, String id) {
        page.click(row(id) + " [data-focus=pay]");
    }

    void cancel(Browser page, String id) {
        page.click(row(id) + " [data-focus=cancel]");
        page.click(row(id) + " .cancel button[type=submit]");
    }

    static String client(String name) {
        return "[data-client=" + name + "]";
    }

    /** Lets a client of the race read, or send its command. */
    void inRace(String client, String verb) {
        page.click(client(client) + " [data-verb=" + verb + "]:not(:disabled)");
    }

    /** Takes a picture; axe finds no violation, and nothing scrolls sideways. */
    void checkLooks(String name) {
        page.screenshot(name);
        Browser.Axe axe = page.axe();
        assertThat(axe.violations()).as(name).isEmpty();
        assertThat(axe.passes()).as("rules that axe has applied").isGreaterThan(20);
        assertThat(page.script("return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as(name + " does not scroll sideways")
                .isEqualTo(0L);
    }

    void useStrategy(String strategy) {
        page.script("document.querySelector('input[name=strategy][value=" + strategy + "]').click()");
    }

    void pauseProjection(String name) {
        post("/projections/" + name + "/pause", "");
    }

    void resumeProjection(String name) {
        post("/projections/" + name + "/resume", "");
    }

    void slow(String name, int delay) {
        post("/lab/projections/" + name + "/slow", "{\"delay_ms\":" + delay + "}");
    }

    static String projection(String name) {
        return ".projection[data-projection='" + name + "']";
    }
}
