package dev.diptych.store.memory.broken;

import dev.diptych.core.contract.Callers;
import dev.diptych.core.contract.Callers.Role;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Lets a writer in the middle of an operation wait until a reader has completed a read. */
final class ReadLatch {

    /** A logical clock, advanced by each read and each wait. */
    private final AtomicLong now = new AtomicLong();

    /** The latest start of a completed read. */
    private final AtomicLong latestStart = new AtomicLong();

    /** Performs a read and records it. */
    <T> T read(Supplier<T> source) {
        long start = now.incrementAndGet();
        T seen = source.get();
        latestStart.accumulateAndGet(start, Math::max);
        Callers.signal();
        return seen;
    }

    /** Waits until a reader has started and completed a read, or until no reader can. */
    void awaitRead() {
        awaitReadAfter(() -> {});
    }

    /** Performs an action that makes a reader read, and waits for that read. */
    void awaitReadAfter(Runnable action) {
        long waitStart = now.incrementAndGet();
        action.run();
        Callers.await(Role.READER, () -> latestStart.get() > waitStart);
    }
}
