package dev.diptych.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.Store;
import dev.diptych.api.launch.MemoryStore;
import dev.diptych.api.support.Http;
import dev.diptych.core.contract.Waiting;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The page while other clients send many commands. It prints how fast it draws; only counts can fail. */
class PageLoadTest extends OnPage {

    private static final int COMMANDS = 3_000;
    private static final long PERIOD = Duration.ofMillis(20).toNanos(); // 50 commands per second, for a minute

    /** With 12 orders and 6 events, it was 1,022. */
    private static final int MAX_ELEMENTS = 1_500;

    /** It was 62. */
    private static final int MAX_WRITES = 200;

    @Override
    protected Store open() {
        return MemoryStore.open();
    }

    @Test
    void the_page_holds_under_load() {
        useStrategy("subscription");
        page.awaitThat(".connection[data-state=live]");
        page.script("""
                window.load = { frames: 0, writes: 0, maxWrites: 0, maxElements: 0, begin: performance.now() };
                new MutationObserver((records) => (load.writes += records.length)).observe(document, {
                    childList: true, subtree: true, attributes: true, characterData: true });
                const frame = () => {
                    load.frames += 1;
                    load.maxWrites = Math.max(load.maxWrites, load.writes);
                    load.maxElements = Math.max(load.maxElements, document.querySelectorAll('*').length);
                    load.writes = 0;
                    requestAnimationFrame(frame);
                };
                requestAnimationFrame(frame);
                """);
        sendCommands();
        long end = System.nanoTime();
        page.script("load.perSecond = load.frames * 1000 / (performance.now() - load.begin)");
        JsonNode drawn = Http.json(String.valueOf(page.script("return JSON.stringify(load)")));
        awaitCaughtUp();
        System.out.printf(
                "page under load: %.1f frames per second, at most %d writes in a frame, %d elements, late by %d ms%n",
                drawn.get("perSecond").asDouble(),
                drawn.get("maxWrites").asInt(),
                drawn.get("maxElements").asInt(),
                Duration.ofNanos(System.nanoTime() - end).toMillis());
        assertThat(drawn.get("maxElements").asInt()).isLessThan(MAX_ELEMENTS);
        assertThat(drawn.get("maxWrites").asInt()).isLessThan(MAX_WRITES);
        assertThat(page.count(".order")).isEqualTo(12);
        assertThat(page.errors()).isEmpty();
    }

    /** Places, pays and ships orders; a late command does not delay the next one. */
    private void sendCommands() {
        long begin = System.nanoTime();
        for (int i = 0; i < COMMANDS; i++) {
            LockSupport.parkNanos(begin + i * PERIOD - System.nanoTime());
            String id = "load-" + i / 3;
            switch (i % 3) {
                case 0 -> place(id);
                case 1 -> pay(id);
                default -> post("/orders/" + id + "/ship", "");
            }
        }
    }

    private void awaitCaughtUp() {
        String last = "load-" + (COMMANDS - 1) / 3;
        page.awaitThat(".events tbody tr:first-child[data-position='" + COMMANDS + "']");
        page.awaitThat(row(last, "shipped"));
        Waiting.until(
                "all projections are up to date on the page",
                () -> page.count(".projection[data-lag='0']")
                        == get("/projections").json().get("items").size());
    }
}
