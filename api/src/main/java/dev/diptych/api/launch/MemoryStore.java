package dev.diptych.api.launch;

import dev.diptych.api.Automations;
import dev.diptych.api.Role;
import dev.diptych.api.Store;
import dev.diptych.core.projection.Lease;
import dev.diptych.store.memory.MemoryCheckpoints;
import dev.diptych.store.memory.MemoryEventStore;
import dev.diptych.store.memory.addresses.MemoryAddresses;
import dev.diptych.store.memory.customers.MemoryCustomers;
import dev.diptych.store.memory.orders.MemoryOrders;
import dev.diptych.store.memory.renewals.MemoryRenewals;
import dev.diptych.store.memory.subscriptions.MemorySubscriptions;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Assembles the memory store. */
public final class MemoryStore {

    private MemoryStore() {}

    /** Opens an empty store. */
    public static Store open() {
        return open(InstantSource.system(), Automations.NONE);
    }

    /** Opens an empty store with a clock, which is that of events and of due times. */
    public static Store open(InstantSource clock, Automations automations) {
        var events = new MemoryEventStore(clock);
        var orders = new MemoryOrders(events.history(), clock);
        var subscriptions = new MemorySubscriptions(events.history(), clock);
        var contexts = new Store.Contexts(
                orders,
                orders,
                subscriptions,
                subscriptions,
                new MemoryCustomers(events.history()),
                new MemoryRenewals(events.history(), clock),
                automations);
        var checkpoints = new MemoryCheckpoints(events, contexts.readModels(), clock, Store.newNode());
        Map<String, Lease> leases = new ConcurrentHashMap<>();
        return new Store(
                "memory",
                EnumSet.allOf(Role.class),
                events,
                new MemoryAddresses(),
                new Store.Project(
                        events, contexts.readModels(), rows -> lease(rows.projection(), leases), checkpoints::progress),
                new Store.Read(checkpoints, contexts),
                automation -> lease(automation.name(), leases), // a pause of the list pauses the automation
                Optional::empty, // an append in memory ends immediately
                atMost -> events.holdReaders(),
                Map.of(),
                () -> {});
    }

    private static Lease lease(String projection, Map<String, Lease> leases) {
        return leases.computeIfAbsent(projection, name -> new Lease.Sole());
    }
}
