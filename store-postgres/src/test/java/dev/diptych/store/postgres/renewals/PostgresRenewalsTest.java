package dev.diptych.store.postgres.renewals;

import dev.diptych.core.automation.TodoList;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.renewals.RenewalOrders.RenewalOrder;
import dev.diptych.core.renewals.RenewalsContract;
import dev.diptych.core.subscriptions.automation.DueRenewals.DueRenewal;
import dev.diptych.store.postgres.TestDatabase;
import dev.diptych.store.postgres.readmodels.Contexts;
import dev.diptych.store.postgres.subscriptions.PostgresSubscriptions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

class PostgresRenewalsTest extends RenewalsContract {

    private TestDatabase on;

    @Override
    protected void openStore() {
        on = Contexts.fresh();
    }

    @AfterEach
    void drop() {
        on.close();
    }

    @Override
    protected EventStore store() {
        return on.store();
    }

    @Override
    protected List<ReadModelStore> readModels() {
        return Stream.concat(
                        new PostgresSubscriptions(on.database()).readModels().stream(),
                        new PostgresRenewals(on.database()).readModels().stream())
                .toList();
    }

    @Override
    protected TodoList<DueRenewal> renewals() {
        return new PostgresSubscriptions(on.database()).renewals();
    }

    @Override
    protected TodoList<RenewalOrder> orders() {
        return new PostgresRenewals(on.database()).orders();
    }
}
