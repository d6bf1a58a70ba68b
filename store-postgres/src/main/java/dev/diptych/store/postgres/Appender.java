package dev.diptych.store.postgres;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.Receipt;
import dev.diptych.core.eventstore.StampedReceipt;
import dev.diptych.core.eventstore.StreamName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends appends, one or many in one call and so in one transaction, and reads how each of them went. Safe for use by many
 * threads.
 */
final class Appender {

    private static final String APPEND = Sql.of(Appender.class, "append.sql");
    private static final String APPEND_GROUP = Sql.of(Appender.class, "append-group.sql");

    private final Database writer;

    Appender(Database writer) {
        this.writer = writer;
    }

    /** Sends one append without company; waits for others who append to the same stream, and takes a look at it. */
    void sendAlone(PendingAppend append) {
        writer.run(connection -> Retry.whileDisturbed(() -> {
            String history = writer.history(connection);
            callOne(connection, true, number(append.expected, history), append, history);
            return append;
        }));
    }

    /**
     * Sends several, each to another stream. Those that would have to wait for somebody else, and all of them when
     * something goes wrong and certainly nothing was stored, are left to be sent alone.
     */
    void sendTogether(List<PendingAppend> group) {
        writer.run(connection -> {
            String history = writer.history(connection);
            try {
                if (group.size() == 1) {
                    callOne(connection, false, withoutLook(group.getFirst(), history), group.getFirst(), history);
                } else {
                    callGroup(connection, group, history);
                }
            } catch (SQLException e) {
                if (SqlFailure.isOutcomeUnknown(e) || SqlFailure.isPositionTaken(e)) {
                    throw e;
                }
                group.forEach(PendingAppend::leaveAlone);
            }
            return group;
        });
    }

    private static void callOne(
            Connection connection, boolean wait, @Nullable Long expected, PendingAppend append, String history)
            throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(APPEND)) {
            call.setBoolean(1, wait);
            call.setString(2, append.stream.value());
            call.setObject(3, expected, Types.BIGINT);
            call.setString(4, commandId(append));
            call.setString(5, fingerprint(append));
            setFirst(call, append.events.isEmpty() ? null : append.events.getFirst());
            if (append.events.size() > 1) {
                setEvents(call, 10, append.events.subList(1, append.events.size()));
            } else {
                for (int parameter = 10; parameter <= 13; parameter++) {
                    call.setNull(parameter, Types.ARRAY);
                }
            }
            readOutcomes(call, List.of(append), history);
        }
    }

    private static void setFirst(PreparedStatement call, @Nullable NewEvent event) throws SQLException {
        call.setString(6, event == null ? null : event.type());
        call.setObject(7, event == null ? null : event.schemaVersion(), Types.INTEGER);
        call.setString(8, event == null ? null : event.payload());
        call.setString(9, event == null ? null : event.metadata());
    }

    private static void callGroup(Connection connection, List<PendingAppend> group, String history)
            throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(APPEND_GROUP)) {
            SqlArray.set(call, 1, "text", group, append -> append.stream.value());
            SqlArray.set(call, 2, "int8", group, append -> number(append.expected, history));
            SqlArray.set(call, 3, "text", group, Appender::commandId);
            SqlArray.set(call, 4, "text", group, Appender::fingerprint);
            SqlArray.set(call, 5, "int4", group, append -> append.events.size());
            List<NewEvent> events = new ArrayList<>(group.size());
            group.forEach(append -> events.addAll(append.events));
            setEvents(call, 6, events);
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
        SqlArray.set(call, first, "text", events, NewEvent::type);
        SqlArray.set(call, first + 1, "int4", events, NewEvent::schemaVersion);
        SqlArray.set(call, first + 2, "text", events, NewEvent::payload);
        SqlArray.set(call, first + 3, "text", events, NewEvent::metadata);
    }

    /** All outcomes first, and only then does anybody hear of them: until its end, the call may still fail. */
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
            outcomes.get(i).ifPresentOrElse(group.get(i)::complete, group.get(i)::leaveAlone);
        }
    }

    private static Optional<AppendResult> outcome(String[] answer, PendingAppend append, String history) {
        return switch (answer[0]) {
            case "appended" -> Optional.of(new AppendResult.Appended(receipt(append.stream, answer, history)));
            case "conflict" ->
                Optional.of(
                        new AppendResult.Conflict(append.stream, append.expected, Long.parseLong(answer[1]), history));
            case "known" -> Optional.of(known(append, receipt(new StreamName(answer[3]), answer, history), answer[4]));
            case "busy" -> Optional.empty();
            default -> throw new IllegalStateException("diptych.append answered " + answer[0]);
        };
    }

    private static Receipt receipt(StreamName stream, String[] answer, String history) {
        return new Receipt(stream, Long.parseLong(answer[1]), Long.parseLong(answer[2]), history);
    }

    private static AppendResult known(PendingAppend append, Receipt receipt, String fingerprint) {
        CommandStamp stamp = append.stamp.orElseThrow();
        var first = new StampedReceipt(new CommandStamp(stamp.commandId(), fingerprint), receipt);
        return receipt.stream().equals(append.stream) && first.hasSameContentAs(stamp)
                ? new AppendResult.Repeated(receipt)
                : new AppendResult.CommandIdTaken(first);
    }

    /** A stream that exists against expectation is found out by a failure, which costs nobody else anything here. */
    private static @Nullable Long withoutLook(PendingAppend append, String history) {
        return append.expected instanceof ExpectedVersion.NoStream && !append.events.isEmpty()
                ? Long.valueOf(-2)
                : number(append.expected, history);
    }

    /** A version that was seen in another history is none that the stream can have. */
    private static @Nullable Long number(ExpectedVersion expected, String history) {
        return switch (expected) {
            case ExpectedVersion.NoStream none -> 0L;
            case ExpectedVersion.Exactly exactly ->
                exactly.history().equals(history) ? exactly.version() : Long.MAX_VALUE;
            case ExpectedVersion.Exists exists -> -1L;
            case ExpectedVersion.Any any -> null;
        };
    }
}
