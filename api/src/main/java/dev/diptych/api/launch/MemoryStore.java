package dev.diptych.api.launch;

import dev.diptych.api.Role;
import dev.diptych.api.Store;
import dev.diptych.core.projection.Lease;
import dev.diptych.store.memory.MemoryCheckpoints;
import dev.diptych.store.memory.MemoryEventStore;
import dev.diptych.store.memory.customers.MemoryCustomers;
import dev.diptych.store.memory.orders.MemoryOrders;
import dev.diptych.store.memory.subscriptions.MemorySubscriptions;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/** Assembles the memory store. */
public final class MemoryStore {

    private MemoryStore() {}

    /** Opens an empty store. */
    public static Store open() {
        var events = new MemoryEventStore();
        var contexts = new Store.Contexts(
                new MemoryOrders(events.history()),
                new MemorySubscriptions(events.history()),
                new MemoryCustomers(events.history()));
        var checkpoints = new MemoryCheckpoints(events, contexts.readModels(), InstantSource.system(), Store.newNode());
        return new Store(
                "memory",
                EnumSet.allOf(Role.class),
                events,
                new Store.Project(events, contexts.readModels(), rows -> new Lease.Sole(), checkpoints::progress),
                new Store.Read(checkpoints, contexts),
                Optional::empty, // an append in memory ends immediately
                Map.of(),
                () -> {});
    }
}
