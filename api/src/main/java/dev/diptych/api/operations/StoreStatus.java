package dev.diptych.api.operations;

import dev.diptych.api.Role;
import dev.diptych.core.eventstore.OpenAppend;
import dev.diptych.core.query.ProjectionProgress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The status of the store at one moment, as this node observes it.
 *
 * @param errors the reason for each role whose query was not answered
 * @param projections the progress of each projection; empty on a node without the role project, or if unknown
 * @param views the progress of each view's projection where this node reads it; empty on a node without the role read,
 *     or if unknown
 * @param paused the views whose projections are paused on all nodes
 * @param appendsSeen whether the open appends are known
 * @param oldestAppend the append that has been open for the longest time; empty if there is none, or if unknown
 */
public record StoreStatus(
        Map<Role, String> errors,
        Map<String, ProjectionProgress> projections,
        Map<String, ProjectionProgress> views,
        Set<String> paused,
        boolean appendsSeen,
        Optional<OpenAppend> oldestAppend) {

    /** The status before the first query. */
    public static final StoreStatus UNKNOWN =
            new StoreStatus(Map.of(), Map.of(), Map.of(), Set.of(), false, Optional.empty());
}
