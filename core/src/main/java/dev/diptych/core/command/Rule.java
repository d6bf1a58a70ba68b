package dev.diptych.core.command;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes the rule behind one type of {@link Rejection}, independent of a particular command. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Rule {

    /** A stable name, such as {@code order-not-paid}: lower-case words joined by hyphens. */
    String code();

    /** The rule as a short sentence without a full stop. */
    String title();

    /** What forbids the command. */
    String meaning();

    /** What to do next. */
    String remedy();
}
