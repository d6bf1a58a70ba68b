package dev.diptych.api.ops;

import dev.diptych.core.projection.Standings;
import java.util.Optional;

/**
 * What a store shows to those who run the API, and to nobody else.
 *
 * @param standings where the projections stand; empty on a node that runs none
 */
public record Insight(Optional<Standings> standings) {}
