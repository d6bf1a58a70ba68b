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
import java.util.function.Function;
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

    /** Sends one append without company; waits for others who append to the same stream. */
    void sendAlone(PendingAppend append) {
        writer.run(connection -> Retry.whileDisturbed(() -> {
            callOne(connection, true, append);
            return append;
        }));
    }

    /**
     * Sends several, each to another stream. Those that would have to wait for somebody else, and all of them when
     * something goes wrong and certainly nothing was stored, are left to be sent alone.
     */
    void sendTogether(List<PendingAppend> group) {
        writer.run(connection -> {
            try {
                if (group.size() == 1) {
                    callOne(connection, false, group.getFirst());
                } else {
                    callGroup(connection, group);
                }
            } catch (SQLException e) {
                if (SqlFailure.isOutcomeUnknown(e)) {
                    throw e;
                }
                group.forEach(PendingAppend::leaveAlone);
            }
            return group;
        });
    }

    private static void callOne(Connection connection, boolean wait, PendingAppend append) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(APPEND)) {
            call.setBoolean(1, wait);
            call.setString(2, append.stream.value());
            call.setObject(3, number(append.expected), Types.BIGINT);
            setEvents(call, 4, append.events);
            call.setString(8, append.stamp.map(CommandStamp::commandId).orElse(null));
            call.setString(9, append.stamp.map(CommandStamp::fingerprint).orElse(null));
            readOutcomes(call, List.of(append));
        }
    }

    private static void callGroup(Connection connection, List<PendingAppend> group) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(APPEND_GROUP)) {
            set(call, 1, "text", group, append -> append.stream.value());
            set(call, 2, "int8", group, append -> number(append.expected));
            set(
                    call,
                    3,
                    "text",
                    group,
                    append -> append.stamp.map(CommandStamp::commandId).orElse(null));
            set(
                    call,
                    4,
                    "text",
                    group,
                    append -> append.stamp.map(CommandStamp::fingerprint).orElse(null));
            set(call, 5, "int4", group, append -> append.events.size());
            setEvents(
                    call,
                    6,
                    group.stream().flatMap(append -> append.events.stream()).toList());
            readOutcomes(call, group);
        }
    }

    private static void setEvents(PreparedStatement call, int first, List<NewEvent> events) throws SQLException {
        set(call, first, "text", events, NewEvent::type);
        set(call, first + 1, "int4", events, NewEvent::schemaVersion);
        set(call, first + 2, "text", events, NewEvent::payload);
        set(call, first + 3, "text", events, NewEvent::metadata);
    }

    private static <T> void set(
            PreparedStatement call, int parameter, String type, List<T> of, Function<T, @Nullable Object> value)
            throws SQLException {
        @Nullable Object[] values = of.stream().map(value).toArray();
        call.setArray(parameter, call.getConnection().createArrayOf(type, values));
    }

    /** All outcomes first, and only then does anybody hear of them: until its end, the call may still fail. */
    private static void readOutcomes(PreparedStatement call, List<PendingAppend> group) throws SQLException {
        List<Optional<AppendResult>> outcomes = new ArrayList<>(group.size());
        try (ResultSet row = call.executeQuery()) {
            for (PendingAppend append : group) {
                row.next();
                outcomes.add(outcome(row, append));
            }
        }
        for (int i = 0; i < group.size(); i++) {
            outcomes.get(i).ifPresentOrElse(group.get(i)::complete, group.get(i)::leaveAlone);
        }
    }

    private static Optional<AppendResult> outcome(ResultSet row, PendingAppend append) throws SQLException {
        String outcome = row.getString("outcome");
        return switch (outcome) {
            case "appended" -> Optional.of(new AppendResult.Appended(receipt(row)));
            case "conflict" ->
                Optional.of(new AppendResult.Conflict(append.stream, append.expected, row.getLong("version")));
            case "known" -> Optional.of(known(append, receipt(row), row.getString("fingerprint")));
            case "busy" -> Optional.empty();
            default -> throw new IllegalStateException("diptych.append answered " + outcome);
        };
    }

    private static Receipt receipt(ResultSet row) throws SQLException {
        return new Receipt(new StreamName(row.getString("stream")), row.getLong("version"), row.getLong("position"));
    }

    private static AppendResult known(PendingAppend append, Receipt receipt, String fingerprint) {
        CommandStamp stamp = append.stamp.orElseThrow();
        var first = new StampedReceipt(new CommandStamp(stamp.commandId(), fingerprint), receipt);
        return receipt.stream().equals(append.stream) && first.hasSameContentAs(stamp)
                ? new AppendResult.Repeated(receipt)
                : new AppendResult.CommandIdTaken(first);
    }

    private static @Nullable Long number(ExpectedVersion expected) {
        return switch (expected) {
            case ExpectedVersion.NoStream none -> 0L;
            case ExpectedVersion.Exactly exactly -> exactly.version();
            case ExpectedVersion.Exists exists -> -1L;
            case ExpectedVersion.Any any -> null;
        };
    }
}
