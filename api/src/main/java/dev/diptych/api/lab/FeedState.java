package dev.diptych.api.lab;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.diptych.api.operations.AutomationResponse;
import dev.diptych.api.operations.ProjectionResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a feed sends first, as JSON.
 *
 * @param head the position of the last stored event
 * @param horizon the position of the last event that can be read; lower while an append with a lower position is open
 * @param held whether this node holds an append open
 */
record FeedState(
        String history,
        long head,
        long horizon,
        boolean held,
        List<ProjectionItem> projections,
        List<AutomationResponse> automations) {

    /** A projection, with the pause before each of its events. */
    record ProjectionItem(@JsonUnwrapped ProjectionResponse projection, long delayMs) {

        /** What is worth an event. Head and lag are not: they change with every append, and clients know the head. */
        private record Compared(
                String name,
                long position,
                String state,
                @Nullable String node,
                int version,
                @Nullable Object rebuild,
                @Nullable Object lastError,
                long wholeLagSeconds,
                long delayMs) {}

        private Compared compared() {
            return new Compared(
                    projection.name(),
                    projection.position(),
                    projection.state(),
                    projection.node(),
                    projection.version(),
                    projection.rebuild(),
                    projection.lastError(),
                    (long) projection.lagSeconds(),
                    delayMs);
        }
    }

    /**
     * A change, as an event.
     *
     * @param name the event's name
     * @param data its JSON
     */
    record Change(String name, Object data) {}

    private record Horizon(long head, long horizon, boolean held) {}

    private Horizon readable() {
        return new Horizon(head, horizon, held);
    }

    /** Returns what has changed since another state. */
    List<Change> changesSince(FeedState before) {
        List<Change> changes = new ArrayList<>();
        if (!readable().equals(before.readable())) {
            changes.add(new Change("horizon", readable()));
        }
        Set<Object> known = new HashSet<>(before.automations);
        before.projections.forEach(item -> known.add(item.compared()));
        projections.stream()
                .filter(item -> !known.contains(item.compared()))
                .forEach(item -> changes.add(new Change("advanced", item)));
        automations.stream()
                .filter(item -> !known.contains(item))
                .forEach(item -> changes.add(new Change("automation", item)));
        return changes;
    }
}
