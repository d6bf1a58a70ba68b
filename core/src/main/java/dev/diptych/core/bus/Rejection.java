package dev.diptych.core.bus;

/** Why a business rule refused a command. Implementations are immutable values, one type for each rule. */
public interface Rejection {

    /** A stable name of the rule, such as {@code order-not-paid}: lower-case words joined by hyphens. */
    String code();

    /** The rule in words: what was asked, what stands in the way, and what to do next. */
    String message();
}
