package dev.diptych.api.ops;

import dev.diptych.api.http.Role;
import dev.diptych.core.query.ProjectionProgress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a store shows to those who run the API, and to nobody else. Whatever is asked may take as long as the store does,
 * except for the pools.
 *
 * @param appends the append that has been open for the longest time; empty on a node that only reads
 * @param progress how far each projection is, by its name; empty on a node that runs none
 * @param views how far the views are where this node reads them; empty on a node that reads none
 * @param pools how the connections of each role are used, where there are any
 */
public record Insight(
        Optional<Supplier<Optional<OpenAppend>>> appends,
        Optional<Supplier<Map<String, ProjectionProgress>>> progress,
        Optional<Views> views,
        Map<Role, Supplier<Connections>> pools) {

    /** Keeps a copy of the pools that cannot be changed. */
    public Insight {
        pools = Map.copyOf(pools);
    }

    /**
     * The views that a node reads.
     *
     * @param progress how far the projection of each is where it is read, by the projection's name
     * @param paused which of them an operator has paused
     */
    public record Views(Supplier<Map<String, ProjectionProgress>> progress, Supplier<Set<String>> paused) {}
}
