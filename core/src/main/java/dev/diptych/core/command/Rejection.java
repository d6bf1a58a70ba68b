package dev.diptych.core.command;

/**
 * The reason why a business rule rejects a command. Implementations are immutable values, one type for each rule, with
 * a {@link Rule} annotation that describes it.
 */
public interface Rejection {

    /** The reason in words: what was asked, which rule forbids it, and what to do next. */
    String message();

    /** The rule's stable code. */
    default String code() {
        return getClass().getAnnotation(Rule.class).code();
    }
}
