package dev.diptych.core.contract;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What all contracts have in common: a failure begins with the promise that was broken, and no test runs for ever,
 * whatever the store does.
 */
@ExtendWith(BrokenPromise.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class Contract {

    /**
     * The seed of what is random in {@link Hammer} tests: {@code -Dcontract.seed=<number>}, another one in each run by
     * default. A failure of such a test prints it.
     */
    static final long SEED = Long.getLong("contract.seed", System.nanoTime());

    /** The bound of every wait; {@link Waiting#PATIENCE} unless a store is known to be quicker, or slower. */
    protected Duration patience() {
        return Waiting.PATIENCE;
    }

    final void until(String sentence, Callable<Boolean> condition) {
        Waiting.until(patience(), sentence, condition);
    }

    /** Runs all writers at once; what they return, in their order. */
    final <T> List<T> together(List<? extends Callable<T>> writers) throws Exception {
        return together(writers, List.of());
    }

    /** Runs all writers and readers at once; what they return, first the writers, in their order. */
    final <T> List<T> together(List<? extends Callable<T>> writers, List<? extends Callable<T>> readers)
            throws Exception {
        return Waiting.together(patience(), writers, readers);
    }
}
