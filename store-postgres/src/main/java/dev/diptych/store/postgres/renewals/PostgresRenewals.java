package dev.diptych.store.postgres.renewals;

import dev.diptych.core.StoredEvents;
import dev.diptych.core.json.JsonText;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.renewals.RenewalOrders;
import dev.diptych.core.renewals.RenewalOrders.RenewalOrder;
import dev.diptych.core.renewals.RenewalTodoLists;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresSchema;
import dev.diptych.store.postgres.readmodels.PostgresTodoList;
import java.util.List;

/** The to-do list of renewals in PostgreSQL. Thread-safe. */
public final class PostgresRenewals implements RenewalTodoLists {

    /** The required schema version. */
    public static final PostgresSchema.Component SCHEMA = new PostgresSchema.Component("renewals", 1);

    private static final JsonText<RenewalOrder> ORDER = StoredEvents.codec().textOf(RenewalOrder.class);

    private final Database database;

    /**
     * Creates the list with the privileges of one role.
     *
     * @param database a reader's for the list, a projector's for its read model
     */
    public PostgresRenewals(Database database) {
        this.database = database;
    }

    @Override
    public List<ReadModelStore> readModels() {
        return List.of(orders().readModel());
    }

    @Override
    public PostgresTodoList<RenewalOrder> orders() {
        return new PostgresTodoList<>(database, new RenewalOrders(), "renewal_orders", ORDER);
    }
}
