package dev.diptych.api.operations;

import dev.diptych.api.Role;
import dev.diptych.core.automation.TodoList.Counts;
import dev.diptych.core.eventstore.OpenAppend;
import dev.diptych.core.query.Checkpoints.Replica;
import dev.diptych.core.query.ProjectionProgress;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The status of the store at one moment, as this node observes it.
 *
 * @param errors the reason for each role whose query was not answered
 * @param projections the progress of each projection; empty on a node without the role project, or if unknown
 * @param views the progress of each view's projection where this node reads it; empty on a node without the role read,
 *     or if unknown
 * @param paused the views whose projections are paused on all nodes
 * @param items the number of items of each automation of this node; empty if unknown
 * @param replica the standby that this node reads; empty if it reads the primary, or if unknown
 * @param appendsSeen whether the open appends are known
 * @param oldestAppend the append that has been open for the longest time; empty if there is none, or if unknown
 */
public record StoreStatus(
        Map<Role, String> errors,
        Map<String, ProjectionProgress> projections,
        Map<String, ProjectionProgress> views,
        Set<String> paused,
        Map<String, Counts> items,
        Optional<Replica> replica,
        boolean appendsSeen,
        Optional<OpenAppend> oldestAppend) {

    /** The status before the first query. */
    public static final StoreStatus UNKNOWN = new StoreStatus(
            Map.of(), Map.of(), Map.of(), Set.of(), Map.of(), Optional.empty(), false, Optional.empty());

    /** Returns the position of the last event on the primary; empty on a node without the role project. */
    public OptionalLong head() {
        return heads(projections);
    }

    /** Returns the position of the last event where this node reads; empty on a node without the role read. */
    public OptionalLong readHead() {
        return replica.map(found -> OptionalLong.of(found.head())).orElseGet(() -> heads(views));
    }

    private static OptionalLong heads(Map<String, ProjectionProgress> seen) {
        return seen.values().stream()
                .flatMapToLong(each -> each.head().stream())
                .max();
    }
}
