package dev.diptych.core.bus;

/**
 * A request to change state, named in the imperative. It carries intent and data, never decisions; exactly one
 * aggregate handles it, and may reject it. Implementations are immutable, and cannot be built with malformed data.
 */
public interface Command {

    /**
     * The name by which it is known in logs, in metrics and in the metadata of the events that it raises. A command that is
     * given another type name keeps this one.
     */
    default String name() {
        return getClass().getSimpleName();
    }
}
