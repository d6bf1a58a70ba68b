package dev.diptych.core.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * A contract test that hammers a store with threads and hopes to hit what is wrong with it. Every store has to pass it,
 * but what it finds, it finds by luck; so no broken store has to fail it, and what only it can find is not asserted.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Tag(Hammer.TAG)
public @interface Hammer {

    /** The JUnit tag of these tests. */
    String TAG = "hammer";
}
