package dev.diptych.store.postgres.customers;

import dev.diptych.core.customers.read.active.ActiveCustomer;
import dev.diptych.core.customers.read.active.ActiveCustomers;
import dev.diptych.core.customers.read.active.ActiveCustomersProjection;
import dev.diptych.core.customers.read.active.ListActiveCustomers;
import dev.diptych.core.money.Money;
import dev.diptych.core.query.Answer;
import dev.diptych.core.query.Page;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.readmodels.RowTable;
import dev.diptych.store.postgres.readmodels.View;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The view of active customers in PostgreSQL. Thread-safe. */
record PostgresActiveCustomers(Database reader) implements ActiveCustomers {

    private static final View<ActiveCustomer> LIST = View.of(
            PostgresActiveCustomers.class,
            "active-customers.list.sql",
            ActiveCustomersProjection.NAME,
            PostgresActiveCustomers::row);

    static final RowTable<ActiveCustomer> TABLE = RowTable.named(
                    "active_customers", "customer_id", ActiveCustomer::customerId, PostgresActiveCustomers::row)
            .column("open_orders", "int4", ActiveCustomer::openOrders)
            .column("running_subscriptions", "int4", ActiveCustomer::runningSubscriptions)
            .column(
                    "lifetime_value",
                    "numeric",
                    customer -> customer.lifetimeValue().amount())
            .column("position", "int8", ActiveCustomer::position);

    @Override
    public Answer<Page<ActiveCustomer>> list(ListActiveCustomers query) {
        return LIST.list(reader, statement -> {
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
