package dev.diptych.store.postgres.customers;

import dev.diptych.core.customers.read.CustomerViews;
import dev.diptych.core.customers.read.active.ActiveCustomers;
import dev.diptych.core.customers.read.active.ActiveCustomersProjection;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresSchema;
import dev.diptych.store.postgres.readmodels.PostgresReadModel;
import java.util.List;

/** The views of customers in PostgreSQL. Thread-safe. */
public final class PostgresCustomers implements CustomerViews {

    /** The required schema version. */
    public static final PostgresSchema.Component SCHEMA = new PostgresSchema.Component("customers", 1);

    private final Database database;

    /**
     * Creates the views with the privileges of one role.
     *
     * @param database a reader's for queries, a projector's for read models
     */
    public PostgresCustomers(Database database) {
        this.database = database;
    }

    @Override
    public List<ReadModelStore> readModels() {
        return List.of(
                new PostgresReadModel<>(database, new ActiveCustomersProjection(), PostgresActiveCustomers.TABLE));
    }

    @Override
    public ActiveCustomers active() {
        return new PostgresActiveCustomers(database);
    }
}
