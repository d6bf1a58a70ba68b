package dev.diptych.api;

import dev.diptych.api.ops.Insight;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.projection.SoleLease;
import dev.diptych.store.memory.MemoryCheckpoints;
import dev.diptych.store.memory.MemoryEventStore;
import dev.diptych.store.memory.MemoryStandings;
import dev.diptych.store.memory.customers.MemoryActiveCustomers;
import dev.diptych.store.memory.orders.MemoryOrderList;
import dev.diptych.store.memory.orders.MemoryOrderSummaries;
import dev.diptych.store.memory.orders.MemoryProductSalesList;
import dev.diptych.store.memory.subscriptions.MemorySubscriptionSummaries;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts the memory store together. */
final class MemoryStore {

    private MemoryStore() {}

    static Store open() {
        var events = new MemoryEventStore();
        var orderSummaries = new MemoryOrderSummaries(events.history());
        var orderList = new MemoryOrderList(events.history());
        var productSales = new MemoryProductSalesList(events.history());
        var subscriptionSummaries = new MemorySubscriptionSummaries(events.history());
        var activeCustomers = new MemoryActiveCustomers(events.history());
        List<ReadModelStore> readModels = List.of(
                orderSummaries.readModel(),
                orderList.readModel(),
                productSales.readModel(),
                subscriptionSummaries.readModel(),
                activeCustomers.readModel());
        var checkpoints = new MemoryCheckpoints(events, readModels);
        return new Store(
                "memory",
                Optional.of(new Store.Write(events)),
                Optional.of(new Store.Project(events, readModels, projection -> new SoleLease())),
                Optional.of(new Store.Read(
                        checkpoints, orderSummaries, orderList, productSales, subscriptionSummaries, activeCustomers)),
                new Insight(
                        Optional.of(Optional::empty), // an append in memory is over at once
                        Optional.of(new MemoryStandings(events, readModels, InstantSource.system(), Store.newNode())),
                        Optional.of(new Insight.Views(ReadSide.PROJECTIONS, checkpoints, Set::of)),
                        Map.of()),
                () -> {});
    }
}
