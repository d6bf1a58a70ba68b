package dev.diptych.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Waiting;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The picture that moves: commands, events, the log with its horizon, and the checkpoints that follow. */
class PageBandTest extends OnPageOfEachStore {

    private static final String TAPE = "#band-tape";

    @BeforeEach
    void awaitFeed() {
        page.awaitThat("#band[data-lab=on]");
    }

    /**
     * Notes each state of each token, such as "PayOrder sent", each change of the flow and of the tape, such as "flow
     * density", the highest number of tokens, and each animation and transition.
     */
    private void watch() {
        page.script("""
                window.seen = [];
                window.moved = [];
                window.most = [0];
                const band = document.querySelector('#band');
                const note = ({ dataset }) => dataset?.command && seen.push(dataset.command + ' ' + dataset.state);
                const changed = (target, name) => name === 'data-state'
                    ? note(target)
                    : seen.push(name.slice(5) + ' ' + target.getAttribute(name));
                new MutationObserver((records) => records.forEach(({ target, attributeName, addedNodes }) => {
                    most[0] = Math.max(most[0], band.querySelectorAll('.token').length);
                    attributeName ? changed(target, attributeName) : addedNodes.forEach(note);
                })).observe(band, {
                    childList: true, subtree: true,
                    attributeFilter: ['data-state', 'data-flow', 'data-mode', 'data-crashed'] });
                document.addEventListener('animationstart', (event) => moved.push(event.animationName));
                document.addEventListener('transitionrun', (event) => moved.push(event.propertyName));
                """);
    }

    private String noted(String list) {
        return String.valueOf(page.script("return window." + list + ".join(', ')"));
    }

    private void awaitSeen(String... states) {
        Waiting.untilAsserted("the tokens", () -> assertThat(noted("seen")).contains(states));
    }

    private void awaitMoved(String... names) {
        Waiting.untilAsserted("the motion", () -> assertThat(noted("moved")).contains(names));
    }

    private static String checkpoint(String name) {
        return "[data-checkpoint='" + name + "']";
    }

    private long number(String selector, String attribute) {
        return Long.parseLong(page.attribute(selector, attribute));
    }

    private long head() {
        return get("/lab/events?limit=1").json().get("head").asLong();
    }

    @Test
    void a_command_is_a_token_that_becomes_an_event_on_the_tape() {
        String id = placed();
        page.awaitThat(TAPE + "[data-head='" + head() + "']");
        long ticks = number(TAPE, "data-ticks");
        watch();
        pay(page, id);
        awaitSeen("PayOrder stored");
        page.awaitThat(TAPE + "[data-head='" + head() + "'][data-ticks='" + (ticks + 1) + "']");
        page.awaitText("#band-aggregate", "order-" + id + " version 2");
        page.awaitText("#band-aggregate .decision", "PayOrder raised order-paid");
        page.awaitThat(checkpoint("order-list") + "[data-position='" + head() + "']");
        page.awaitText(".trace.visible", "order-paid at " + head());
        page.awaitText(".trace.visible", "after the answer");
        awaitMoved("arrive", "drop", "translate");
    }

    @Test
    void commands_of_other_clients_are_tokens_too() {
        String id = placed();
        page.awaitThat("#band[data-lab=on]");
        watch();
        pay(id);
        awaitSeen("PayOrder stored");
        page.awaitText("#band-aggregate .decision", "PayOrder raised order-paid");
        assertThat(page.has(".trace")).isFalse();
    }

    @Test
    void a_refusal_bounces_at_the_aggregate_with_its_reason() {
        String id = placed();
        watch();
        page.click(row(id) + " [data-focus=ship]");
        awaitSeen("ShipOrder refused");
        page.awaitThat("#band-aggregate[data-decision=refused][data-stream='order-" + id + "']");
        page.awaitText("#band-aggregate .decision", "refused ShipOrder: Order " + id + " has not been paid");
        page.awaitText(".trace.rejected", "409 after");
        awaitMoved("arrive", "bounce");
        assertThat(noted("moved")).doesNotContain("drop");
    }

    @Test
    void a_refusal_of_another_client_bounces_too() {
        String id = placed();
        page.awaitThat("#band[data-lab=on]");
        watch();
        post("/orders/" + id + "/ship", "");
        awaitSeen("refused");
        page.awaitText("#band-aggregate[data-decision=refused] .decision", "Order " + id + " has not been paid");
    }

    @Test
    void a_paused_projection_stands_still_while_the_tape_grows() {
        String id = placed();
        page.awaitThat(checkpoint("order-list") + "[data-lag='0']");
        pauseProjection("order-list");
        page.awaitThat(checkpoint("order-list") + "[data-state=paused]");
        String position = page.attribute(checkpoint("order-list"), "data-position");
        String place = page.attribute(checkpoint("order-list"), "style");
        long ticks = number(TAPE, "data-ticks");
        pay(id);
        post("/orders/" + id + "/ship", "");
        page.awaitThat(TAPE + "[data-head='" + head() + "'][data-ticks='" + (ticks + 2) + "']");
        page.awaitThat(checkpoint("order-list") + "[data-lag='2'][data-position='" + position + "']");
        page.awaitThat(checkpoint("order-summaries") + "[data-lag='0'][data-position='" + head() + "']");
        assertThat(page.attribute(checkpoint("order-list"), "style")).isEqualTo(place);
        assertThat(page.attribute(checkpoint("order-summaries"), "style")).isNotEqualTo(place);
        page.awaitText("[data-view=order-list]", "paused, 2 positions behind");
        resumeProjection("order-list");
        page.awaitThat(checkpoint("order-list") + "[data-lag='0'][data-position='" + head() + "']");
    }

    @Test
    void the_horizon_holds_back_while_an_append_is_open() {
        String id = placed();
        page.awaitThat(TAPE + "[data-held=false]");
        long before = number(TAPE, "data-horizon");
        post("/lab/appends/hold", "{\"seconds\":30}");
        page.awaitThat(TAPE + "[data-held=true]");
        pay(id);
        page.awaitText(".horizon-text", "held back by an open append: ");
        Waiting.until("the head moves on", () -> number(TAPE, "data-head") > before);
        assertThat(number(TAPE, "data-horizon")).isEqualTo(before);
        assertThat(number(checkpoint("order-list"), "data-position")).isEqualTo(before);
        post("/lab/appends/release", "");
        page.awaitThat(TAPE + "[data-held=false][data-horizon='" + head() + "']");
        page.awaitThat(row(id, "paid"));
    }

    @Test
    void a_batch_that_is_lost_is_applied_again() {
        String id = placed();
        watch();
        post("/lab/projections/order-list/crash", "");
        pay(id);
        awaitSeen("crashed true");
        page.awaitThat(checkpoint("order-list") + "[data-lag='0'][data-position='" + head() + "']");
        page.awaitThat(row(id, "paid"));
    }

    @Test
    void many_events_at_once_are_shown_as_density() {
        watch();
        try (var clients = Executors.newFixedThreadPool(16)) {
            IntStream.range(0, 200).forEach(i -> clients.execute(() -> place("dense-" + i)));
        }
        awaitSeen("flow density", "mode density");
        page.awaitThat(TAPE + "[data-head='" + head() + "']");
        page.awaitThat("#band[data-flow=tokens] " + TAPE + "[data-mode=events]");
        assertThat(Integer.parseInt(noted("most"))).isLessThanOrEqualTo(6);
        pay("dense-0");
        awaitSeen("flow tokens", "PayOrder stored");
    }

    @Test
    void with_reduced_motion_the_states_are_shown_and_nothing_moves() {
        page.setMedia("prefers-reduced-motion", "reduce");
        String id = placed();
        watch();
        page.click(row(id) + " [data-focus=ship]");
        awaitSeen("ShipOrder refused");
        pay(page, id);
        awaitSeen("PayOrder stored");
        page.awaitThat(row(id, "paid"));
        page.awaitThat(checkpoint("order-list") + "[data-position='" + head() + "']");
        assertThat(noted("moved")).isEmpty();
    }

    @Test
    void while_the_feed_is_open_nothing_is_polled() {
        String id = placed();
        page.awaitThat("#band[data-lab=on]");
        pay(page, id);
        page.awaitThat(row(id, "paid"));
        Waiting.until("some seconds have passed", () -> number(".lag-chart", "data-seconds") >= 5);
        assertThat(String.valueOf(page.script("""
                        return performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)
                            .filter((path) => /^\\/(lab|projections)/.test(path)).join(' ')
                        """))).isEmpty();
    }
}
