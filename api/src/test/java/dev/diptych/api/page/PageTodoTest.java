package dev.diptych.api.page;

import dev.diptych.api.Automations;
import dev.diptych.core.contract.Waiting;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The to-do list of an automation in the band, which cancels each order soon after it was placed. */
class PageTodoTest extends OnPageOfEachStore {

    @Override
    Automations automations() {
        return new Automations(Optional.of(Duration.ofMillis(1)), false);
    }

    @Test
    void the_commands_of_an_automation_come_from_its_todo_list() {
        page.awaitThat("#band[data-lab=on]");
        page.awaitThat("[data-checkpoint=unpaid-orders][data-lag='0']");
        page.script("""
                window.seen = [];
                new MutationObserver((records) => records.forEach(({ addedNodes }) => addedNodes.forEach(
                        ({ dataset }) => seen.push(dataset.command + ' from ' + dataset.from))))
                    .observe(document.querySelector('.band-tokens'), { childList: true });
                """);
        place("unpaid");
        Waiting.until(
                "a token of the automation",
                () -> String.valueOf(page.script("return seen.join(', ')")).contains("CancelUnpaidOrder from todo"));
        page.awaitText("#band-aggregate .decision", "CancelUnpaidOrder raised order-cancelled");
        page.awaitText("#band-todo", "unpaid-orders: 0 open");
        page.awaitThat("#band-todo[data-open='0'][data-parked='0']");
    }
}
