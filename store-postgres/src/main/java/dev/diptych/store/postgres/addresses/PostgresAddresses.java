package dev.diptych.store.postgres.addresses;

import dev.diptych.core.addresses.Address;
import dev.diptych.core.addresses.Addresses;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresSchema;
import dev.diptych.store.postgres.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Predicate;

/** The addresses in PostgreSQL. Thread-safe. */
public final class PostgresAddresses implements Addresses {

    /** The required schema version. */
    public static final PostgresSchema.Component SCHEMA = new PostgresSchema.Component("addresses", 1);

    private static final String FIND = Sql.of(PostgresAddresses.class, "addresses.find.sql");
    private static final String LOCK = Sql.of(PostgresAddresses.class, "addresses.lock.sql");
    private static final String SAVE = Sql.of(PostgresAddresses.class, "addresses.save.sql");
    private static final String DELETE = Sql.of(PostgresAddresses.class, "addresses.delete.sql");

    private final Database database;

    /**
     * Creates access to the table.
     *
     * @param writer reads, too: the row that it changes, and no copy of it
     */
    public PostgresAddresses(Database writer) {
        this.database = writer;
    }

    @Override
    public Optional<Address> find(String customerId) {
        return database.find(FIND, statement -> statement.setString(1, customerId), PostgresAddresses::read);
    }

    /** A lock on the customer's id, and not on the row, which may not exist. */
    @Override
    public Change change(String customerId, Predicate<Optional<Address>> condition, Optional<Address> next) {
        Database.Binder key = statement -> statement.setString(1, customerId);
        return database.inTransaction(connection -> {
            Database.list(connection, LOCK, key, row -> customerId);
            Optional<Address> before = Database.list(connection, FIND, key, PostgresAddresses::read).stream()
                    .findFirst();
            boolean done = condition.test(before);
            if (done && next.isPresent()) {
                save(connection, customerId, next.get());
            } else if (done) {
                Database.change(connection, DELETE, key);
            }
            return new Change(before, done);
        });
    }

    private static void save(Connection connection, String customerId, Address address) throws SQLException {
        Database.change(connection, SAVE, statement -> bind(statement, customerId, address));
    }

    private static void bind(PreparedStatement statement, String customerId, Address address) throws SQLException {
        statement.setString(1, customerId);
        statement.setString(2, address.name());
        statement.setString(3, address.street());
        statement.setString(4, address.postalCode());
        statement.setString(5, address.city());
        statement.setString(6, address.country());
    }

    private static Address read(ResultSet row) throws SQLException {
        return new Address(
                row.getString("name"),
                row.getString("street"),
                row.getString("postal_code"),
                row.getString("city"),
                row.getString("country"));
    }
}
