package dev.diptych.store.postgres.orders;

import dev.diptych.core.money.Money;
import dev.diptych.core.orders.read.Cancellation;
import dev.diptych.core.orders.read.Cancellations;
import dev.diptych.core.orders.read.CancellationsProjection;
import dev.diptych.core.orders.read.ListCancellations;
import dev.diptych.core.projection.Answer;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.postgres.Columns;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresReadModel;
import dev.diptych.store.postgres.RowTable;
import dev.diptych.store.postgres.View;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The orders that were cancelled, in PostgreSQL. Safe for use by many threads. */
public final class PostgresCancellations implements Cancellations {

    private static final View<Cancellation> LIST = View.of(
            PostgresCancellations.class,
            "cancellations.list.sql",
            CancellationsProjection.NAME,
            PostgresCancellations::row);

    private static final RowTable<Cancellation> TABLE = RowTable.named(
                    PostgresCancellations.class, "cancellations", Cancellation::orderId, PostgresCancellations::row)
            .column("text", Cancellation::orderId)
            .column("text", Cancellation::customerId)
            .column("numeric", row -> row.total().amount())
            .column("text", Cancellation::reason)
            .column("timestamptz", Cancellation::cancelledAt)
            .column("int8", Cancellation::position)
            .build();

    private final Database reader;

    /** The rows as a reader sees them. */
    public PostgresCancellations(Database reader) {
        this.reader = reader;
    }

    /** What keeps the rows up to date, as a projector. */
    public static ReadModelStore readModel(Database projector) {
        return new PostgresReadModel<>(projector, new CancellationsProjection(), TABLE);
    }

    @Override
    public Answer<List<Cancellation>> list(ListCancellations query) {
        return LIST.ask(reader, statement -> statement.setInt(1, query.limit()));
    }

    private static Cancellation row(ResultSet row) throws SQLException {
        return new Cancellation(
                row.getString("order_id"),
                row.getString("customer_id"),
                new Money(row.getBigDecimal("total")),
                row.getString("reason"),
                Columns.instant(row, "cancelled_at"),
                row.getLong("position"));
    }
}
