package dev.diptych.store.memory.broken;

import dev.diptych.core.contract.Callers;
import dev.diptych.core.contract.Callers.Role;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets a caller in the middle of an operation wait until another reaches the same point, or until none can. */
final class Rendezvous {

    private final AtomicInteger arrivals = new AtomicInteger();

    void arrive() {
        arrivals.incrementAndGet();
        Callers.signal();
        Callers.await(Role.WRITER, () -> arrivals.get() > 1);
        arrivals.compareAndSet(1, 0); // no other caller arrived
    }
}
