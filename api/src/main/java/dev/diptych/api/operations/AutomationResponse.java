package dev.diptych.api.operations;

import dev.diptych.core.automation.AutomationWorker;
import dev.diptych.core.automation.TodoList.Counts;
import java.util.Locale;

/**
 * An automation, as JSON.
 *
 * @param open the number of items that are not parked
 * @param parked the number of parked items
 */
public record AutomationResponse(String name, String state, int open, int parked) {

    static AutomationResponse of(AutomationWorker<?> worker) {
        Counts counts = worker.list().count();
        return new AutomationResponse(
                worker.name(), worker.state().name().toLowerCase(Locale.ROOT), counts.open(), counts.parked());
    }
}
