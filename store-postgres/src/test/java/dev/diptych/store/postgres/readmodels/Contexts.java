package dev.diptych.store.postgres.readmodels;

import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.query.Views;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresSchema;
import dev.diptych.store.postgres.TestDatabase;
import dev.diptych.store.postgres.TestServer;
import dev.diptych.store.postgres.addresses.PostgresAddresses;
import dev.diptych.store.postgres.customers.PostgresCustomers;
import dev.diptych.store.postgres.orders.PostgresOrders;
import dev.diptych.store.postgres.renewals.PostgresRenewals;
import dev.diptych.store.postgres.subscriptions.PostgresSubscriptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** The contexts whose tables this module has. */
public final class Contexts {

    public static final List<PostgresSchema.Component> SCHEMAS = List.of(
            PostgresOrders.SCHEMA,
            PostgresSubscriptions.SCHEMA,
            PostgresCustomers.SCHEMA,
            PostgresRenewals.SCHEMA,
            PostgresAddresses.SCHEMA);

    private Contexts() {}

    public static List<String> names() {
        return SCHEMAS.stream().map(PostgresSchema.Component::name).toList();
    }

    /** A database with the tables of all contexts. */
    public static TestDatabase fresh() {
        TestDatabase fresh = TestServer.newest().fresh();
        names().forEach(context -> TestServer.newest().migrate(fresh.name(), context));
        PostgresSchema.require(Database.ofReader(fresh.source()), SCHEMAS);
        return fresh;
    }

    private static List<Views> views() {
        return views(Database.ofReader(new PGSimpleDataSource())); // not used
    }

    /** The views of all contexts. */
    static List<Views> views(Database database) {
        return List.of(
                new PostgresOrders(database),
                new PostgresSubscriptions(database),
                new PostgresCustomers(database),
                new PostgresRenewals(database));
    }

    /** The names of all projections. */
    public static List<String> projections() {
        return views().stream()
                .flatMap(views -> views.readModels().stream())
                .map(ReadModelStore::projection)
                .toList();
    }

    /**
     * The statements derived from the columns of each read model, by names such as {@code order_list.load};
     * without the comparison of two generations, which reads all rows.
     */
    public static Map<String, String> derivedStatements() {
        Map<String, String> statements = new LinkedHashMap<>();
        views().stream().flatMap(views -> views.readModels().stream()).forEach(readModel -> {
            RowTable<?> rows = ((PostgresReadModel<?>) readModel).table();
            statements.put(rows.name() + ".load", PostgresReadModel.moveServingSql(rows));
            statements.put(rows.name() + ".load-copy", PostgresReadModel.moveCopySql(rows));
            statements.put(rows.name() + ".find", View.withCheckpoint(rows.findSql(), "p"));
            statements.put(rows.name() + ".add", rows.insertSql());
            statements.put(rows.name() + ".save", rows.upsertSql());
            statements.put(rows.name() + ".remove", rows.deleteSql());
            statements.put(rows.name() + ".delete-unused", rows.deleteUnusedSql());
        });
        List<String> ofTodoList = new PostgresOrders(Database.ofReader(new PGSimpleDataSource()))
                .unpaid()
                .statements();
        ofTodoList.forEach(sql -> statements.put("unpaid_orders.todo-" + ofTodoList.indexOf(sql), sql));
        return statements;
    }
}
