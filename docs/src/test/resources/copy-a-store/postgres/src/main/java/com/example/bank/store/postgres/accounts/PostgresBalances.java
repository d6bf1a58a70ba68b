package com.example.bank.store.postgres.accounts;

import com.example.bank.accounts.read.Balance;
import com.example.bank.accounts.read.BalanceProjection;
import com.example.bank.core.projection.ReadModelStore;
import com.example.bank.core.query.Answer;
import com.example.bank.store.postgres.Database;
import com.example.bank.store.postgres.PostgresSchema;
import com.example.bank.store.postgres.readmodels.PostgresReadModel;
import com.example.bank.store.postgres.readmodels.RowTable;
import com.example.bank.store.postgres.readmodels.View;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The balances, in PostgreSQL. Thread-safe. */
public final class PostgresBalances {

    /** The required schema version. */
    public static final PostgresSchema.Component SCHEMA = new PostgresSchema.Component("accounts", 1);

    private static final RowTable<Balance> TABLE = RowTable.named(
                    "balances", "account_id", Balance::accountId, PostgresBalances::row)
            .column("owner", "text", Balance::owner)
            .column("cents", "int8", Balance::cents)
            .column("position", "int8", Balance::position);

    private static final View<Balance> BY_KEY = View.byKey(TABLE, BalanceProjection.NAME);

    private final Database reader;

    /** The view with the rights of a reader. */
    public PostgresBalances(Database reader) {
        this.reader = reader;
    }

    /** The read model with the rights of a projector. */
    public static ReadModelStore readModel(Database projector) {
        return new PostgresReadModel<>(projector, new BalanceProjection(), TABLE);
    }

    /** The balance of one account. */
    public Answer<Optional<Balance>> find(String accountId) {
        return BY_KEY.find(reader, accountId);
    }

    private static Balance row(ResultSet row) throws SQLException {
        return new Balance(
                row.getString("account_id"), row.getString("owner"), row.getLong("cents"), row.getLong("position"));
    }
}
