package dev.diptych.api;

import dev.diptych.api.lab.LabRoutes;
import dev.diptych.api.lab.Replay;
import dev.diptych.api.lab.SlowedReadModel;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.orders.write.Order;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.subscriptions.write.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The lab, put together around what projections need. Safe for use by many threads. */
final class LabSide implements AutoCloseable {

    private final Store.Project store;
    private final EventCodec codec;
    private final List<SlowedReadModel> readModels;

    LabSide(Store.Project store, EventCodec codec) {
        this.store = store;
        this.codec = codec;
        this.readModels = store.readModels().stream().map(SlowedReadModel::new).toList();
    }

    /** The same store, with read models that can be slowed down. */
    Store.Project slowed() {
        return new Store.Project(store.events(), List.<ReadModelStore>copyOf(readModels), store.leases());
    }

    LabRoutes routes() {
        return new LabRoutes(
                store.events(),
                new Replay(Map.of("order", Order::new, "subscription", Subscription::new), codec),
                readModels);
    }

    /** Lets projections end that are being held up. */
    @Override
    public void close() {
        readModels.forEach(model -> model.slow(Duration.ZERO));
    }
}
