package dev.diptych.store.memory.broken;

import dev.diptych.core.contract.Callers;
import dev.diptych.core.contract.Callers.Role;
import java.util.concurrent.atomic.AtomicInteger;

/** Where a caller in the middle of an operation waits until another has come as far, or can no longer come. */
final class Meeting {

    private final AtomicInteger arrivals = new AtomicInteger();

    void arrive() {
        arrivals.incrementAndGet();
        Callers.signal();
        Callers.await(Role.WRITER, () -> arrivals.get() > 1);
        arrivals.compareAndSet(1, 0); // it was alone
    }
}
