package dev.diptych.store.postgres.events;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.Receipt;
import dev.diptych.core.eventstore.AppendResult.StampedReceipt;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.EventStore.EventPage;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.Place;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.store.postgres.Columns;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.Database.Binder;
import dev.diptych.store.postgres.PostgresWakeUps;
import dev.diptych.store.postgres.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Events in PostgreSQL. An append is one function call in one round trip; concurrent appends share it. {@link #readAll}
 * ends at a horizon at or below which no further event can appear, so that readers do not miss late commits.
 *
 * <p>Every method throws {@link dev.diptych.core.eventstore.StoreUnavailableException} when the database is unavailable
 * or too busy. Thread-safe.
 */
public final class PostgresEventStore implements EventStore {

    private static final String FIND_COMMAND = Sql.of(PostgresEventStore.class, "find-command.sql");
    private static final String PRUNE_COMMANDS = Sql.of(PostgresEventStore.class, "prune-commands.sql");
    private static final String READ_STREAM = Sql.of(PostgresEventStore.class, "read-stream.sql");
    private static final String HORIZON = Sql.of(PostgresEventStore.class, "horizon.sql");
    private static final String READ_ALL = Sql.of(PostgresEventStore.class, "read-all.sql");
    private static final String HEAD = Sql.of(PostgresEventStore.class, "head.sql");

    /** The number of rows that the driver fetches at a time and keeps in memory. */
    private static final int FETCH_SIZE = 500;

    /** The size of payload and metadata at which a page ends. */
    private static final long MAX_PAGE_CHARACTERS = 8_000_000;

    private final Database writer;
    private final Database projector;
    private final PostgresWakeUps wakeUps;
    private final AppendQueue appends;

    /**
     * An event at or below an earlier horizon: in its history, no further event can appear before it, even after a
     * crash. The horizon itself is not remembered, because a position that was rolled back can be drawn again.
     */
    private volatile Place settled = new Place("", 0);

    /**
     * Creates a store.
     *
     * @param writer has the privileges to append and to read streams
     * @param projector has the privileges to read all events
     * @param wakeUps notified of appends; closed by the caller
     */
    public PostgresEventStore(Database writer, Database projector, PostgresWakeUps wakeUps) {
        this.writer = writer;
        this.projector = projector;
        this.wakeUps = wakeUps;
        this.appends = new AppendQueue(new Appender(writer));
    }

    @Override
    public String history() {
        return writer.run(writer::history);
    }

    @Override
    public AppendResult append(
            StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
        List<NewEvent> copy = List.copyOf(events);
        AppendResult result = appends.send(new PendingAppend(stream, expected, copy, stamp));
        if (result instanceof AppendResult.Appended && !copy.isEmpty()) {
            wakeUps.appended();
        }
        return result;
    }

    @Override
    public Optional<StampedReceipt> findCommand(String commandId) {
        return writer.run(connection -> Database.list(
                        connection,
                        FIND_COMMAND,
                        statement -> statement.setString(1, commandId),
                        row -> stamped(commandId, row, writer.history(connection)))
                .stream()
                .findFirst());
    }

    @Override
    public int pruneCommands(Duration age, int limit) {
        EventStore.requirePrunable(age, limit);
        return writer.find(
                        PRUNE_COMMANDS,
                        statement -> {
                            statement.setLong(1, age.toSeconds());
                            statement.setInt(2, limit);
                        },
                        row -> row.getInt(1))
                .orElseThrow();
    }

    @Override
    public EventPage readStream(StreamName stream, long afterVersion, int limit) {
        EventStore.requireBounds(afterVersion, limit);
        return writer.run(connection -> new EventPage(
                Database.list(
                        connection,
                        READ_STREAM,
                        statement -> {
                            statement.setString(1, stream.value());
                            statement.setLong(2, afterVersion);
                            statement.setInt(3, limit);
                        },
                        row -> event(row, stream)),
                writer.history(connection)));
    }

    /**
     * Reads the horizon first, and then, in a second statement, events up to it: in the reverse order, events could be
     * missed. Needs no horizon for a page that is full before the last settled event.
     */
    @Override
    public EventPage readAll(long afterPosition, int limit) {
        EventStore.requireBounds(afterPosition, limit);
        return projector.inTransaction(
                connection -> { // outside a transaction, the driver ignores the fetch size
                    var end = new Place(projector.history(connection), afterPosition + limit);
                    var page = new LogPage(afterPosition, limit);
                    Place known = settled;
                    if (known.reaches(end)) {
                        page.readOn(connection, known.position());
                    }
                    if (!page.isFull()) {
                        page.readOn(connection, horizon(connection, end));
                    }
                    return new EventPage(page.events, end.history());
                });
    }

    /** Returns the horizon; if it is at or after the end of this page, remembers an event for the pages after it. */
    private long horizon(Connection connection, Place end) throws SQLException {
        return Database.list(connection, HORIZON, statement -> statement.setLong(1, end.position()), row -> {
                    if (row.getLong(2) > 0) {
                        settled = new Place(end.history(), row.getLong(2));
                    }
                    return row.getLong(1);
                })
                .getFirst();
    }

    /**
     * A page of the log. It ends before its limit when it reaches the maximum size, which bounds the memory that it
     * takes. Used by one thread.
     */
    private static final class LogPage {

        private final List<RecordedEvent> events = new ArrayList<>();
        private final int limit;
        private long position;
        private long characters;

        LogPage(long after, int limit) {
            this.position = after;
            this.limit = limit;
        }

        /** Reads on up to a position, or until the page is full. */
        void readOn(Connection connection, long through) throws SQLException {
            if (through > position) { // the horizon may be lower than before
                Binder parameters = statement -> {
                    statement.setLong(1, position);
                    statement.setLong(2, through);
                    statement.setInt(3, limit - events.size());
                    statement.setFetchSize(FETCH_SIZE);
                };
                Database.list(connection, READ_ALL, parameters, this::add, this::isFull);
            }
        }

        private boolean add(ResultSet row) throws SQLException {
            RecordedEvent event = event(row, new StreamName(row.getString(8)));
            position = event.position();
            characters += event.payload().length() + event.metadata().length();
            return events.add(event);
        }

        boolean isFull() {
            return events.size() == limit || characters >= MAX_PAGE_CHARACTERS;
        }
    }

    @Override
    public long head() {
        return projector.find(HEAD, statement -> {}, row -> row.getLong(1)).orElseThrow();
    }

    @Override
    public Subscription onAppend(Runnable wake) {
        return wakeUps.subscribe(wake);
    }

    /** Reads columns by number, which is faster; both statements begin with these columns, in this order. */
    private static RecordedEvent event(ResultSet row, StreamName stream) throws SQLException {
        return new RecordedEvent(
                row.getLong(1),
                stream,
                row.getLong(2),
                row.getString(3),
                row.getInt(4),
                row.getString(5),
                row.getString(6),
                Columns.instant(row, 7));
    }

    private static StampedReceipt stamped(String commandId, ResultSet row, String history) throws SQLException {
        return new StampedReceipt(
                new CommandStamp(commandId, row.getString("fingerprint")),
                new Receipt(
                        new StreamName(row.getString("stream_name")),
                        row.getLong("version"),
                        row.getLong("position"),
                        history));
    }
}
