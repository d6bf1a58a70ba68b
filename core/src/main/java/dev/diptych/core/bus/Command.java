package dev.diptych.core.bus;

/**
 * A request to change state, named in the imperative. It carries intent and data, never decisions; exactly one
 * aggregate handles it, and may reject it. Implementations are immutable, and cannot be built with malformed data.
 */
public interface Command {}
