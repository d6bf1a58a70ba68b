package dev.diptych.api.support;

import dev.diptych.api.Store;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Generations;
import dev.diptych.core.projection.ReadModelStore;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A read model that applies nothing while a gate is closed. A blocked batch is then applied as it was read. */
public record HeldUp(ReadModelStore model, Gate gate) implements ReadModelStore {

    /** Creates a closed gate. */
    public static final class Gate {
        private final AtomicInteger waiting = new AtomicInteger();
        private volatile CountDownLatch way = new CountDownLatch(1);

        public void open() {
            way.countDown();
        }

        public void shut() {
            way = new CountDownLatch(1);
        }

        /** Waits until a batch is blocked. */
        public void awaitHeldUp() {
            Waiting.until("a batch is held up", () -> waiting.get() > 0);
        }
    }

    /** Returns the store with a gate for all read models. */
    public static Store store(Store store, Gate gate) {
        return store(store, gate, projection -> true);
    }

    /** Returns the store with a gate for the read models of the chosen projections. */
    public static Store store(Store store, Gate gate, Predicate<String> chosen) {
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

    /** Returns the store with another part for projections. */
    public static Store with(Store store, Store.Project project) {
        return new Store(
                store.name(),
                store.roles(),
                store.events(),
                store.addresses(),
                project,
                store.read(),
                store.leases(),
                store.oldestAppend(),
                store.openAppend(),
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
    public boolean apply(Batch batch, int generation) {
        return model.apply(batch, generation);
    }

    @Override
    public Generations generations() {
        return model.generations();
    }
}
