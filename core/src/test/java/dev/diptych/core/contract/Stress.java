package dev.diptych.core.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * A contract test that calls a store from many threads at random. Every store must pass it, but it may miss a fault. So
 * no broken store must fail it, and a fault that only it can find is not asserted.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Tag(Stress.TAG)
public @interface Stress {

    /** The JUnit tag of these tests. */
    String TAG = "stress";
}
