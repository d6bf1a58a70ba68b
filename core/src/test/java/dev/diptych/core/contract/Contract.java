package dev.diptych.core.contract;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The base class of the contracts. The message of a failure begins with the rule that the store violates, and every
 * test has a time limit.
 */
@ExtendWith(ContractFailureMessage.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class Contract {

    /**
     * The seed of the random numbers in {@link Stress} tests: {@code -Dcontract.seed=<number>}; by default, each run
     * has a new seed. A failure of such a test prints it.
     */
    static final long SEED = Long.getLong("contract.seed", System.nanoTime());

    /** The time limit of every wait; {@link Waiting#PATIENCE} unless a store is known to be faster or slower. */
    protected Duration patience() {
        return Waiting.PATIENCE;
    }

    final void until(String description, Callable<Boolean> condition) {
        Waiting.until(patience(), description, condition);
    }

    /** Runs all writers concurrently and returns their results in order. */
    final <T> List<T> together(List<? extends Callable<T>> writers) throws Exception {
        return together(writers, List.of());
    }

    /** Runs all writers and readers concurrently and returns their results in order, writers first. */
    final <T> List<T> together(List<? extends Callable<T>> writers, List<? extends Callable<T>> readers)
            throws Exception {
        return Waiting.together(patience(), writers, readers);
    }
}
