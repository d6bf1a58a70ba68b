package dev.diptych.store.postgres;

import dev.diptych.core.eventstore.StoreUnavailableException;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;

/** Repeats statements that fail because of a concurrent transaction: a few times, with growing random pauses. */
final class Retry {

    private static final int ATTEMPTS = 6;
    private static final int FIRST_PAUSE_MILLIS = 4;

    private Retry() {}

    interface Attempt<T> {
        T make() throws SQLException;
    }

    static <T> T onConcurrencyFailure(Attempt<T> attempt) throws SQLException {
        for (int pause = FIRST_PAUSE_MILLIS, left = ATTEMPTS - 1; ; pause *= 2, left--) {
            try {
                return attempt.make();
            } catch (SQLException e) {
                if (!SqlFailure.isConcurrencyFailure(e) || left == 0) {
                    throw e;
                }
                sleep(ThreadLocalRandom.current().nextInt(pause) + 1);
            }
        }
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("Interrupted while waiting to retry", false, e);
        }
    }
}
