package dev.diptych.api;

import dev.diptych.api.ops.Insight;
import dev.diptych.core.projection.SoleLease;
import dev.diptych.store.memory.MemoryCheckpoints;
import dev.diptych.store.memory.MemoryEventStore;
import dev.diptych.store.memory.customers.MemoryCustomers;
import dev.diptych.store.memory.orders.MemoryOrders;
import dev.diptych.store.memory.subscriptions.MemorySubscriptions;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts the memory store together. */
final class MemoryStore {

    private MemoryStore() {}

    static Store open() {
        var events = new MemoryEventStore();
        var contexts = new Store.Contexts(
                new MemoryOrders(events.history()),
                new MemorySubscriptions(events.history()),
                new MemoryCustomers(events.history()));
        var checkpoints = new MemoryCheckpoints(events, contexts.readModels(), InstantSource.system(), Store.newNode());
        return new Store(
                "memory",
                Optional.of(new Store.Write(events)),
                Optional.of(new Store.Project(events, contexts.readModels(), projection -> new SoleLease())),
                Optional.of(new Store.Read(checkpoints, contexts)),
                new Insight(
                        Optional.of(Optional::empty), // an append in memory is over at once
                        Optional.of(checkpoints::progress),
                        Optional.of(new Insight.Views(checkpoints::progress, Set::of)),
                        Map.of()),
                () -> {});
    }
}
