package com.example.bank.store.postgres.accounts;

import com.example.bank.accounts.read.Balance;
import com.example.bank.accounts.read.BalanceProjection;
import com.example.bank.core.projection.Answer;
import com.example.bank.core.projection.ReadModelStore;
import com.example.bank.store.postgres.Database;
import com.example.bank.store.postgres.PostgresReadModel;
import com.example.bank.store.postgres.PostgresSchema;
import com.example.bank.store.postgres.RowTable;
import com.example.bank.store.postgres.View;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The balances, in PostgreSQL. Safe for use by many threads. */
public final class PostgresBalances {

    /** The migrations that this needs. */
    public static final PostgresSchema.Component SCHEMA = new PostgresSchema.Component("accounts", 1);

    private static final RowTable<Balance> TABLE = RowTable.named(
                    PostgresBalances.class, "balances", Balance::accountId, PostgresBalances::row)
            .column("text", Balance::accountId)
            .column("text", Balance::owner)
            .column("int8", Balance::cents)
            .column("int8", Balance::position)
            .build();

    private static final View<Balance> BY_KEY = View.of(
            PostgresBalances.class, "balances.load.sql", BalanceProjection.NAME, PostgresBalances::row);

    private final Database reader;

    /** The rows as a reader sees them. */
    public PostgresBalances(Database reader) {
        this.reader = reader;
    }

    /** What keeps the rows up to date, as a projector. */
    public static ReadModelStore readModel(Database projector) {
        return new PostgresReadModel<>(projector, new BalanceProjection(), TABLE);
    }

    /** The balance of one account, and how far the balances are. */
    public Answer<Optional<Balance>> find(String accountId) {
        return BY_KEY.find(reader, accountId);
    }

    private static Balance row(ResultSet row) throws SQLException {
        return new Balance(
                row.getString("account_id"), row.getString("owner"), row.getLong("cents"), row.getLong("position"));
    }
}
