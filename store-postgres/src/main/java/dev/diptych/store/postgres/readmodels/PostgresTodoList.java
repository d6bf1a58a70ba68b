package dev.diptych.store.postgres.readmodels;

import dev.diptych.core.automation.Automation;
import dev.diptych.core.automation.Automation.Task;
import dev.diptych.core.automation.Item;
import dev.diptych.core.automation.TodoList;
import dev.diptych.core.automation.TodoProjection;
import dev.diptych.core.eventstore.Place;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.json.JsonText;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.postgres.Columns;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.Database.RowReader;
import dev.diptych.store.postgres.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A to-do list in PostgreSQL, in a table of its own. The time is that of the database which is read. Thread-safe.
 *
 * @param <W> the type of what there is to do
 */
public final class PostgresTodoList<W> implements TodoList<W> {

    private static final String OPEN = Sql.of(PostgresTodoList.class, "todo-list.open.sql");
    private static final String PARKED = Sql.of(PostgresTodoList.class, "todo-list.parked.sql");
    private static final String COUNT = Sql.of(PostgresTodoList.class, "todo-list.count.sql");

    private final Database database;
    private final Automation<?, W> automation;
    private final RowTable<Item<W>> table;

    /**
     * Creates a list with the privileges of one role.
     *
     * @param database a reader's for {@link TodoList}, a projector's for {@link #readModel}
     * @param table the name of the table in the schema {@code diptych}
     * @param what writes and parses what there is to do
     */
    public PostgresTodoList(Database database, Automation<?, W> automation, String table, JsonText<W> what) {
        this.database = database;
        this.automation = automation;
        this.table = RowTable.named(table, "item_key", Item<W>::key, row -> item(row, what))
                .column("aggregate", "text", item -> item.task().aggregate())
                .column("due_at", "timestamptz", item -> item.task().dueAt())
                .column("what", "json", item -> what.write(item.task().what()))
                .column("opened", "int8", Item::opened)
                .column("metadata", "json", Item::metadata)
                .column("parked", "text", item -> item.parked().orElse(null))
                .column("position", "int8", Item::position);
    }

    private static <W> Item<W> item(ResultSet row, JsonText<W> what) throws SQLException {
        return new Item<>(
                row.getString("item_key"),
                new Task<>(
                        row.getString("aggregate"), Columns.instant(row, "due_at"), what.read(row.getString("what"))),
                row.getLong("opened"),
                row.getString("metadata"),
                Optional.ofNullable(row.getString("parked")),
                row.getLong("position"));
    }

    /** Returns the read model of the list. */
    public ReadModelStore readModel() {
        return new PostgresReadModel<>(database, new TodoProjection<>(automation), table);
    }

    private String sql(String template) {
        return template.formatted(automation.name(), table.name());
    }

    /** The SQL statements of this list, for tests. */
    List<String> statements() {
        return List.of(sql(OPEN), sql(PARKED), sql(COUNT));
    }

    @Override
    public Open<W> open(Set<String> without, int limit) {
        List<Open<W>> rows = database.list(
                sql(OPEN),
                statement -> {
                    Columns.setArray(statement, 1, "text", without, each -> each);
                    statement.setInt(2, limit);
                },
                this::open);
        if (rows.isEmpty()) {
            throw new StoreUnavailableException(
                    "The store has no history yet, because no writer or projector has connected to it", false, null);
        }
        Open<W> first = rows.getFirst();
        return new Open<>(
                rows.stream().flatMap(row -> row.items().stream()).toList(),
                first.upTo(),
                first.generation(),
                first.version(),
                first.now());
    }

    private Open<W> open(ResultSet row) throws SQLException {
        RowReader<Item<W>> reader = table.reader();
        return new Open<>(
                row.getBoolean("there") ? List.of(reader.read(row)) : List.of(),
                new Place(row.getString("history"), row.getLong("checkpoint")),
                row.getInt("generation"),
                row.getInt("fold_version"),
                Columns.instant(row, "now"));
    }

    @Override
    public List<Item<W>> parked(String after, int limit) {
        return database.list(
                sql(PARKED),
                statement -> {
                    statement.setString(1, after);
                    statement.setInt(2, limit);
                },
                table.reader());
    }

    @Override
    public Counts count() {
        return database.find(
                        sql(COUNT),
                        statement -> statement.setInt(1, MAX_COUNT),
                        row -> new Counts(row.getInt("open"), row.getInt("parked")))
                .orElseThrow();
    }
}
