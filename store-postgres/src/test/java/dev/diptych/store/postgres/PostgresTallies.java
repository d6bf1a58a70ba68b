package dev.diptych.store.postgres;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.Tally;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.postgres.Database.RowReader;
import dev.diptych.store.postgres.readmodels.PostgresReadModel;
import dev.diptych.store.postgres.readmodels.RowTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;

/** The read models of the contract in PostgreSQL. */
public record PostgresTallies(TestDatabase on) {

    public ReadModelStore readModel(Projection<Coin, Tally> projection) {
        return new PostgresReadModel<>(on.database(), projection, table(projection.name()));
    }

    public static RowTable<Tally> table(String name) {
        return table(name, PostgresTallies::tally);
    }

    public static RowTable<Tally> table(String name, RowReader<Tally> reader) {
        return RowTable.named(name.replace('-', '_'), "key", Tally::key, reader)
                .column("sum", "int8", Tally::sum)
                .column("coins", "int8", Tally::coins)
                .column("position", "int8", Tally::position);
    }

    public Map<String, Tally> rows(ReadModelStore readModel) {
        return on
                .database()
                .list(
                        "SELECT key, sum, coins, position FROM diptych."
                                + readModel.projection().replace('-', '_') + " WHERE generation = coalesce((SELECT"
                                + " generation FROM diptych.checkpoints WHERE projection = ?), 1)",
                        statement -> statement.setString(1, readModel.projection()),
                        PostgresTallies::tally)
                .stream()
                .collect(Collectors.toMap(Tally::key, row -> row));
    }

    public static Tally tally(ResultSet row) throws SQLException {
        return new Tally(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4));
    }
}
