package dev.diptych.api.ops;

import dev.diptych.api.http.Role;
import dev.diptych.core.projection.Checkpoints;
import dev.diptych.core.projection.Standings;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a store shows to those who run the API, and to nobody else. Whatever is asked may take as long as the store does,
 * except for the pools.
 *
 * @param appends the append that has been open for the longest time; empty on a node that only reads
 * @param standings where the projections stand; empty on a node that runs none
 * @param views how far the views are where this node reads them; empty on a node that reads none
 * @param pools how the connections of each role are used, where there are any
 */
public record Insight(
        Optional<Supplier<Optional<OpenAppend>>> appends,
        Optional<Standings> standings,
        Optional<Views> views,
        Map<Role, Supplier<Connections>> pools) {

    /** Keeps a copy of the pools that cannot be changed. */
    public Insight {
        pools = Map.copyOf(pools);
    }

    /**
     * The views that a node reads.
     *
     * @param names of the projections that make them
     * @param checkpoints how far they are
     * @param paused which of them somebody has paused
     */
    public record Views(Set<String> names, Checkpoints checkpoints, Supplier<Set<String>> paused) {}
}
