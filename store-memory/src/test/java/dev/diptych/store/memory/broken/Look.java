package dev.diptych.store.memory.broken;

import dev.diptych.core.contract.Callers;
import dev.diptych.core.contract.Callers.Role;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** What readers of a test look at, and where a writer in the middle of an operation waits until one has looked. */
final class Look {

    /** A clock that counts looks and waits. */
    private final AtomicLong now = new AtomicLong();

    /** When the youngest of the looks began that have ended. */
    private final AtomicLong begun = new AtomicLong();

    /** Looks at what a view shows. */
    <T> T at(Supplier<T> view) {
        long began = now.incrementAndGet();
        T seen = view.get();
        begun.accumulateAndGet(began, Math::max);
        Callers.signal();
        return seen;
    }

    /** Waits until a reader has begun and ended a look, or until none can any more. */
    void awaitOne() {
        awaitOneOn(() -> {});
    }

    /** Does what makes a reader look, and waits for that look. */
    void awaitOneOn(Runnable cause) {
        long called = now.incrementAndGet();
        cause.run();
        Callers.await(Role.READER, () -> begun.get() > called);
    }
}
