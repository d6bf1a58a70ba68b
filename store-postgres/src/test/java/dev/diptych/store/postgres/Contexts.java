package dev.diptych.store.postgres;

import dev.diptych.core.query.Views;
import dev.diptych.store.postgres.customers.PostgresCustomers;
import dev.diptych.store.postgres.orders.PostgresOrders;
import dev.diptych.store.postgres.subscriptions.PostgresSubscriptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** The contexts that this module has views of. */
final class Contexts {

    private static final List<PostgresSchema.Component> SCHEMAS =
            List.of(PostgresOrders.SCHEMA, PostgresSubscriptions.SCHEMA, PostgresCustomers.SCHEMA);

    private Contexts() {}

    static List<String> names() {
        return SCHEMAS.stream().map(PostgresSchema.Component::name).toList();
    }

    /** A database with the tables of all contexts. */
    static TestDatabase fresh() {
        TestDatabase fresh = TestServer.newest().fresh();
        names().forEach(context -> TestServer.newest().migrate(fresh.name(), context));
        PostgresSchema.require(Database.ofReader(fresh.source()), SCHEMAS);
        return fresh;
    }

    private static List<Views> views() {
        Database nowhere = Database.ofReader(new PGSimpleDataSource());
        return List.of(new PostgresOrders(nowhere), new PostgresSubscriptions(nowhere), new PostgresCustomers(nowhere));
    }

    /** The statements that are derived from the columns of each read model, such as {@code order_list.load}. */
    static Map<String, String> derivedStatements() {
        Map<String, String> statements = new LinkedHashMap<>();
        views().stream().flatMap(views -> views.readModels().stream()).forEach(readModel -> {
            RowTable<?> rows = ((PostgresReadModel<?>) readModel).table();
            statements.put(rows.name() + ".load", rows.loadFrom(rows.name()));
            statements.put(rows.name() + ".find", View.answering(rows.loadFrom(rows.name()), "p"));
            statements.put(rows.name() + ".add", rows.addTo(rows.name()));
            statements.put(rows.name() + ".save", rows.saveTo(rows.name()));
            statements.put(rows.name() + ".remove", rows.removeFrom(rows.name()));
        });
        return statements;
    }
}
