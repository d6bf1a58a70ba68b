package dev.diptych.store.postgres.customers;

import dev.diptych.core.bus.Page;
import dev.diptych.core.customers.read.ActiveCustomer;
import dev.diptych.core.customers.read.ActiveCustomers;
import dev.diptych.core.customers.read.ActiveCustomersProjection;
import dev.diptych.core.customers.read.ListActiveCustomers;
import dev.diptych.core.money.Money;
import dev.diptych.core.projection.Answer;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresReadModel;
import dev.diptych.store.postgres.PostgresSchema;
import dev.diptych.store.postgres.RowTable;
import dev.diptych.store.postgres.View;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The customers, in PostgreSQL, of whom the active ones are listed. Safe for use by many threads. */
public final class PostgresActiveCustomers implements ActiveCustomers {

    /** The migrations that this needs. */
    public static final PostgresSchema.Component SCHEMA = new PostgresSchema.Component("customers", 1);

    private static final View<ActiveCustomer> LIST = View.of(
            PostgresActiveCustomers.class,
            "active-customers.list.sql",
            ActiveCustomersProjection.NAME,
            PostgresActiveCustomers::row);

    private static final RowTable<ActiveCustomer> TABLE = RowTable.named(
                    PostgresActiveCustomers.class,
                    "active-customers",
                    ActiveCustomer::customerId,
                    PostgresActiveCustomers::row)
            .column("text", ActiveCustomer::customerId)
            .column("int4", ActiveCustomer::openOrders)
            .column("int4", ActiveCustomer::runningSubscriptions)
            .column("numeric", customer -> customer.lifetimeValue().amount())
            .column("int8", ActiveCustomer::position)
            .build();

    private final Database reader;

    /** The rows as a reader sees them. */
    public PostgresActiveCustomers(Database reader) {
        this.reader = reader;
    }

    /** What keeps the rows up to date, as a projector. */
    public static ReadModelStore readModel(Database projector) {
        return new PostgresReadModel<>(projector, new ActiveCustomersProjection(), TABLE);
    }

    @Override
    public Answer<Page<ActiveCustomer>> list(ListActiveCustomers query) {
        return LIST.ask(reader, statement -> {
                    statement.setString(1, query.after().orElse(""));
                    statement.setInt(2, query.limit() + 1);
                })
                .map(rows -> Page.of(rows, query.limit()));
    }

    private static ActiveCustomer row(ResultSet row) throws SQLException {
        return new ActiveCustomer(
                row.getString("customer_id"),
                row.getInt("open_orders"),
                row.getInt("running_subscriptions"),
                new Money(row.getBigDecimal("lifetime_value")),
                row.getLong("position"));
    }
}
