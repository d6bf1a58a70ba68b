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

    /** The longest wait for anything; {@link Waiting#PATIENCE} unless a store is known to be quicker, or slower. */
    protected Duration patience() {
        return Waiting.PATIENCE;
    }

    final void until(String sentence, Callable<Boolean> condition) {
        Waiting.until(patience(), sentence, condition);
    }

    final <T> List<T> together(List<? extends Callable<T>> tasks) throws Exception {
        return Waiting.together(patience(), tasks);
    }
}
