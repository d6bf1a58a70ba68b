package dev.diptych.api;

import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.ReadModelStore;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * A read model to which nothing is applied while a gate is shut. A batch that was held up is then applied once the
 * store can be reached, and is not read again before that.
 */
record HeldUp(ReadModelStore model, Gate gate) implements ReadModelStore {

    /** It is shut at first. */
    static final class Gate {
        private final AtomicInteger waiting = new AtomicInteger();
        private volatile CountDownLatch way = new CountDownLatch(1);

        void open() {
            way.countDown();
        }

        void shut() {
            way = new CountDownLatch(1);
        }

        /** Waits until a batch that has been read is held up before it is applied. */
        void awaitHeldUp() {
            Waiting.until("a batch is held up", () -> waiting.get() > 0);
        }
    }

    /** The same store, with all read models behind a gate. */
    static Store store(Store store, Gate gate) {
        return store(store, gate, projection -> true);
    }

    /** The same store, with those read models behind a gate whose projections are chosen. */
    static Store store(Store store, Gate gate, Predicate<String> chosen) {
        Store.Project part = store.project();
        var project = new Store.Project(
                part.events(),
                part.readModels().stream()
                        .map(model -> chosen.test(model.projection()) ? new HeldUp(model, gate) : model)
                        .toList(),
                part.leases(),
                part.progress());
        return with(store, project);
    }

    /** The same store, with another part for projections. */
    static Store with(Store store, Store.Project project) {
        return new Store(
                store.name(),
                store.roles(),
                store.events(),
                project,
                store.read(),
                store.oldestAppend(),
                store.pools(),
                store.onClose());
    }

    @Override
    public String projection() {
        return model.projection();
    }

    @Override
    public long checkpoint() {
        return model.checkpoint();
    }

    @Override
    public boolean apply(Batch batch) {
        gate.waiting.incrementAndGet();
        try {
            gate.way.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            gate.waiting.decrementAndGet();
        }
        return onceReachable(() -> model.apply(batch));
    }

    private static boolean onceReachable(BooleanSupplier apply) {
        long deadline = System.nanoTime() + Waiting.PATIENCE.toNanos();
        while (true) {
            try {
                return apply.getAsBoolean();
            } catch (StoreUnavailableException e) {
                if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void reset() {
        model.reset();
    }
}
