package dev.diptych.store.postgres;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** An append that somebody waits for. Its thread waits; others say how it went, or that it is to see for itself. */
final class PendingAppend {

    final StreamName stream;
    final ExpectedVersion expected;
    final List<NewEvent> events;
    final Optional<CommandStamp> stamp;

    private final Thread thread = Thread.currentThread();
    private volatile boolean nudged;
    private volatile boolean alone;
    private volatile @Nullable AppendResult result;
    private volatile @Nullable RuntimeException failure;

    PendingAppend(StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
        this.stream = stream;
        this.expected = expected;
        this.events = events;
        this.stamp = stamp;
    }

    /** How many characters it sends, about. */
    long size() {
        return events.stream()
                .mapToLong(event -> event.payload().length() + event.metadata().length())
                .sum();
    }

    void complete(AppendResult outcome) {
        result = outcome;
        nudge();
    }

    void fail(RuntimeException reason) {
        failure = reason;
        nudge();
    }

    /** It has to be sent again by its own thread, without company. */
    void leaveAlone() {
        alone = true;
        nudge();
    }

    /** Its thread is to look around. */
    void nudge() {
        nudged = true;
        LockSupport.unpark(thread);
    }

    boolean isDone() {
        return result != null || failure != null;
    }

    boolean isAlone() {
        return alone;
    }

    /** Waits to be nudged, or until so many nanoseconds have passed; it may return without reason. */
    void awaitNudge(long nanos) {
        if (!nudged) {
            LockSupport.parkNanos(this, nanos);
        }
        nudged = false;
    }

    /** How it went. */
    AppendResult outcome() {
        RuntimeException reason = failure;
        if (reason != null) {
            throw reason;
        }
        AppendResult outcome = result;
        if (outcome == null) {
            throw new IllegalStateException("It is not known yet how this append went");
        }
        return outcome;
    }
}
