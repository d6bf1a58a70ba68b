package dev.diptych.store.postgres;

import org.jspecify.annotations.Nullable;

/** The id of the store in a database, asked for once. Safe for use by many threads. */
final class PostgresStoreId {

    private static final String STORE_ID = Sql.of(PostgresStoreId.class, "store-id.sql");

    private final Database database;
    private volatile @Nullable String known;

    PostgresStoreId(Database database) {
        this.database = database;
    }

    String get() {
        String id = known;
        if (id == null) {
            id = database.find(STORE_ID, statement -> {}, row -> row.getString(1))
                    .orElseThrow(() -> new IllegalStateException("diptych.store_identity has no row"));
            known = id;
        }
        return id;
    }
}
