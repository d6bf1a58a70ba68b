package dev.diptych.store.memory.renewals;

import dev.diptych.core.automation.TodoList;
import dev.diptych.core.contract.ShiftedClock;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.renewals.RenewalOrders.RenewalOrder;
import dev.diptych.core.renewals.RenewalsContract;
import dev.diptych.core.subscriptions.automation.DueRenewals.DueRenewal;
import dev.diptych.core.subscriptions.write.SubscriptionCommand.StartSubscription;
import dev.diptych.store.memory.MemoryEventStore;
import dev.diptych.store.memory.subscriptions.MemorySubscriptions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MemoryRenewalsTest extends RenewalsContract {

    private final ShiftedClock clock = new ShiftedClock();
    private final MemoryEventStore store = new MemoryEventStore(clock);
    private final MemorySubscriptions subscriptions = new MemorySubscriptions(store.history(), clock);
    private final MemoryRenewals renewals = new MemoryRenewals(store.history(), clock);

    @Override
    protected void openStore() {}

    @Override
    protected EventStore store() {
        return store;
    }

    @Override
    protected List<ReadModelStore> readModels() {
        return Stream.concat(subscriptions.readModels().stream(), renewals.readModels().stream())
                .toList();
    }

    @Override
    protected TodoList<DueRenewal> renewals() {
        return subscriptions.renewals();
    }

    @Override
    protected TodoList<RenewalOrder> orders() {
        return renewals.orders();
    }

    @Test
    void each_month_that_passes_places_an_order() {
        send(new StartSubscription("s1", "c1", "basic", PRICE, clock.instant()));
        for (int months = 1; months <= 3; months++) {
            clock.forward(Duration.ofDays(31));
            awaitOrders(months);
        }
    }
}
