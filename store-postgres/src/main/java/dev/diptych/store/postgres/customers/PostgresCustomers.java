package dev.diptych.store.postgres.customers;

import dev.diptych.core.customers.read.CustomerViews;
import dev.diptych.core.customers.read.active.ActiveCustomers;
import dev.diptych.core.customers.read.active.ActiveCustomersProjection;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresReadModel;
import dev.diptych.store.postgres.PostgresSchema;
import java.util.List;

/** The views of customers, in PostgreSQL. Safe for use by many threads. */
public final class PostgresCustomers implements CustomerViews {

    /** The migrations that the views need. */
    public static final PostgresSchema.Component SCHEMA = new PostgresSchema.Component("customers", 1);

    private final Database database;

    /**
     * The views with the rights of one role.
     *
     * @param database a reader's for the answers to queries, a projector's for the read models
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
