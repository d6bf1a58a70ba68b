package dev.diptych.api;

import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.ReadModelStore;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A read model to which nothing is applied while a gate is shut. */
record HeldUp(ReadModelStore model, Gate gate) implements ReadModelStore {

    /** It is shut at first. */
    static final class Gate {
        private volatile CountDownLatch way = new CountDownLatch(1);

        void open() {
            way.countDown();
        }

        void shut() {
            way = new CountDownLatch(1);
        }
    }

    /** The same store, with read models behind a gate. */
    static Store store(Store store, Gate gate) {
        Optional<Store.Project> project = store.project()
                .map(part -> new Store.Project(
                        part.events(),
                        part.readModels().stream()
                                .<ReadModelStore>map(model -> new HeldUp(model, gate))
                                .toList(),
                        part.leases()));
        return new Store(store.name(), store.write(), project, store.read(), store.insight(), store.onClose());
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
        try {
            gate.way.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return model.apply(batch);
    }

    @Override
    public void reset() {
        model.reset();
    }
}
