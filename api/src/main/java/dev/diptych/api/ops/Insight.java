package dev.diptych.api.ops;

import dev.diptych.core.projection.Standings;

/**
 * What a store shows to those who run the API, and to nobody else.
 *
 * @param standings where the projections stand
 */
public record Insight(Standings standings) {}
