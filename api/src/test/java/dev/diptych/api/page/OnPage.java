package dev.diptych.api.page;

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
