package dev.diptych.core.command;

/**
 * A request to change state, named in the imperative. It carries intent and data, never decisions. Exactly one
 * aggregate handles it, and may reject it. Implementations are immutable; their constructors reject malformed data.
 */
public interface Command {

    /**
     * The command's name in logs, in metrics and in the metadata of the events that it raises. Override it to keep the
     * name when the type is renamed.
     */
    default String name() {
        return getClass().getSimpleName();
    }
}
