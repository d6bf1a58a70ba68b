package dev.diptych.store.postgres.events;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.Receipt;
import dev.diptych.core.eventstore.AppendResult.StampedReceipt;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.store.postgres.Columns;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends appends to the database, one or a group in one call, and sets their outcomes. Thread-safe. */
final class Appender {

    private static final String APPEND = Sql.of(Appender.class, "append.sql");
    private static final String APPEND_GROUP = Sql.of(Appender.class, "append-group.sql");

    private final Database writer;

    Appender(Database writer) {
        this.writer = writer;
    }

    /** Sends one append, which waits for locks and checks the stream's version before it inserts. */
    void sendSeparated(PendingAppend append) {
        writer.runRetrying(connection -> {
            String history = writer.history(connection);
            callOne(connection, append, history, true);
            return append;
        });
    }

    /**
     * Sends several appends, each to another stream. An append that would have to wait for a lock is marked to be sent
     * separately; after a failure that certainly stored nothing, all of them are.
     */
    void sendGroup(List<PendingAppend> group) {
        writer.run(connection -> {
            String history = writer.history(connection);
            try {
                if (group.size() == 1) {
                    callOne(connection, group.getFirst(), history, false);
                } else {
                    callGroup(connection, group, history);
                }
            } catch (SQLException e) {
                if (!Database.isRepeatable(e)) {
                    throw e;
                }
                group.forEach(PendingAppend::separate);
            }
            return group;
        });
    }

    /** With {@code patient}, waits for locks, and looks at the stream first in any case. */
    private static void callOne(Connection connection, PendingAppend append, String history, boolean patient)
            throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(APPEND)) {
            call.setBoolean(1, patient);
            call.setString(2, append.stream.value());
            call.setString(3, expectation(append.expected));
            call.setObject(4, expectedVersion(append.expected, history), Types.BIGINT);
            call.setBoolean(5, patient);
            call.setString(6, commandId(append));
            call.setString(7, fingerprint(append));
            setFirst(call, append.events.isEmpty() ? null : append.events.getFirst());
            if (append.events.size() > 1) {
                setEvents(call, 12, append.events.subList(1, append.events.size()));
            } else {
                for (int parameter = 12; parameter <= 15; parameter++) {
                    call.setNull(parameter, Types.ARRAY);
                }
            }
            readOutcomes(call, List.of(append), history);
        }
    }

    private static void setFirst(PreparedStatement call, @Nullable NewEvent event) throws SQLException {
        call.setString(8, event == null ? null : event.type());
        call.setObject(9, event == null ? null : event.schemaVersion(), Types.INTEGER);
        call.setString(10, event == null ? null : event.payload());
        call.setString(11, event == null ? null : event.metadata());
    }

    private static void callGroup(Connection connection, List<PendingAppend> group, String history)
            throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(APPEND_GROUP)) {
            Columns.setArray(call, 1, "text", group, append -> append.stream.value());
            Columns.setArray(call, 2, "text", group, append -> expectation(append.expected));
            Columns.setArray(call, 3, "int8", group, append -> expectedVersion(append.expected, history));
            Columns.setArray(call, 4, "text", group, Appender::commandId);
            Columns.setArray(call, 5, "text", group, Appender::fingerprint);
            Columns.setArray(call, 6, "int4", group, append -> append.events.size());
            List<NewEvent> events = new ArrayList<>(group.size());
            group.forEach(append -> events.addAll(append.events));
            setEvents(call, 7, events);
            readOutcomes(call, group, history);
        }
    }

    private static @Nullable String commandId(PendingAppend append) {
        return append.stamp.map(CommandStamp::commandId).orElse(null);
    }

    private static @Nullable String fingerprint(PendingAppend append) {
        return append.stamp.map(CommandStamp::fingerprint).orElse(null);
    }

    private static void setEvents(PreparedStatement call, int first, List<NewEvent> events) throws SQLException {
        Columns.setArray(call, first, "text", events, NewEvent::type);
        Columns.setArray(call, first + 1, "int4", events, NewEvent::schemaVersion);
        Columns.setArray(call, first + 2, "text", events, NewEvent::payload);
        Columns.setArray(call, first + 3, "text", events, NewEvent::metadata);
    }

    /** Reads all outcomes before it sets any: until the last is read, the call may still fail. */
    private static void readOutcomes(PreparedStatement call, List<PendingAppend> group, String history)
            throws SQLException {
        List<Optional<AppendResult>> outcomes = new ArrayList<>(group.size());
        try (ResultSet row = call.executeQuery()) {
            for (PendingAppend append : group) {
                row.next();
                outcomes.add(outcome((String[]) row.getArray(1).getArray(), append, history));
            }
        }
        for (int i = 0; i < group.size(); i++) {
            outcomes.get(i).ifPresentOrElse(group.get(i)::complete, group.get(i)::separate);
        }
    }

    private static Optional<AppendResult> outcome(String[] result, PendingAppend append, String history) {
        return switch (result[0]) {
            case "appended" -> Optional.of(new AppendResult.Appended(receipt(append.stream, result, history)));
            case "conflict" ->
                Optional.of(
                        new AppendResult.Conflict(append.stream, append.expected, Long.parseLong(result[1]), history));
            case "known" -> Optional.of(known(append, receipt(new StreamName(result[3]), result, history), result[4]));
            case "busy" -> Optional.empty();
            default -> throw new IllegalStateException("diptych.append returned " + result[0]);
        };
    }

    private static Receipt receipt(StreamName stream, String[] result, String history) {
        return new Receipt(stream, Long.parseLong(result[1]), Long.parseLong(result[2]), history);
    }

    private static AppendResult known(PendingAppend append, Receipt receipt, String fingerprint) {
        CommandStamp stamp = append.stamp.orElseThrow();
        var first = new StampedReceipt(new CommandStamp(stamp.commandId(), fingerprint), receipt);
        return receipt.stream().equals(append.stream) && first.hasSameContentAs(stamp)
                ? new AppendResult.Repeated(receipt)
                : new AppendResult.CommandIdTaken(first);
    }

    private static String expectation(ExpectedVersion expected) {
        return switch (expected) {
            case ExpectedVersion.NoStream none -> "none";
            case ExpectedVersion.Exactly exactly -> "exactly";
            case ExpectedVersion.Exists exists -> "exists";
            case ExpectedVersion.Any any -> "any";
        };
    }

    /** The version of {@code exactly}; null if it is of another history, in which case no stream is at it. */
    private static @Nullable Long expectedVersion(ExpectedVersion expected, String history) {
        return expected instanceof ExpectedVersion.Exactly exactly
                        && exactly.history().equals(history)
                ? Long.valueOf(exactly.version())
                : null;
    }
}
