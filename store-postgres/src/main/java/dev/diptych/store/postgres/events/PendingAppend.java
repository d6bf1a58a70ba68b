package dev.diptych.store.postgres.events;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An append and its outcome. The thread that created it waits for a signal; any thread may set the outcome, or require
 * that the append is sent separately.
 */
final class PendingAppend {

    final StreamName stream;
    final ExpectedVersion expected;
    final List<NewEvent> events;
    final Optional<CommandStamp> stamp;

    private final Thread thread = Thread.currentThread();
    private volatile boolean signaled;
    private volatile boolean separated;
    private volatile @Nullable AppendResult result;
    private volatile @Nullable RuntimeException failure;

    PendingAppend(StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
        this.stream = stream;
        this.expected = expected;
        this.events = events;
        this.stamp = stamp;
    }

    /** The number of characters of payload and metadata. */
    long size() {
        return events.stream()
                .mapToLong(event -> event.payload().length() + event.metadata().length())
                .sum();
    }

    void complete(AppendResult outcome) {
        result = outcome;
        signal();
    }

    void fail(RuntimeException reason) {
        failure = reason;
        signal();
    }

    /** Requires that the waiting thread sends the append again, outside a group. */
    void separate() {
        separated = true;
        signal();
    }

    /** Wakes the waiting thread. */
    void signal() {
        signaled = true;
        LockSupport.unpark(thread);
    }

    boolean isDone() {
        return result != null || failure != null;
    }

    boolean isSeparated() {
        return separated;
    }

    /** Waits for a signal for up to {@code nanos}; may return spuriously. */
    void awaitSignal(long nanos) {
        if (!signaled) {
            LockSupport.parkNanos(this, nanos);
        }
        signaled = false;
    }

    /** Returns the result of a finished append, or throws its failure. */
    AppendResult outcome() {
        RuntimeException reason = failure;
        if (reason != null) {
            throw reason;
        }
        AppendResult outcome = result;
        if (outcome == null) {
            throw new IllegalStateException("The append is still in flight");
        }
        return outcome;
    }
}
