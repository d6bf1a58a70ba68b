package dev.diptych.store.postgres;

import dev.diptych.core.eventstore.StoreUnavailableException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Classifies an {@link SQLException} by its SQLSTATE (PostgreSQL manual, appendix A). */
final class SqlFailure {

    /** Serialization failure, deadlock, unique violation: a concurrent transaction; a retry may succeed. */
    private static final Set<String> CONCURRENCY_FAILURES = Set.of("40001", "40P01", "23505");

    /** Invalid text, Unicode or JSON: PostgreSQL can never store the value. */
    private static final Set<String> MALFORMED = Set.of("22P02", "22P05", "22021", "22032");

    /**
     * Connection failure, insufficient resources, operator intervention, system error, transaction rollback: classes,
     * named by the first two characters of their codes.
     */
    private static final Set<String> UNAVAILABLE_CLASSES = Set.of("08", "53", "57", "58", "40");

    /** Lock and transaction timeouts: single codes of classes that also contain programming errors. */
    private static final Set<String> UNAVAILABLE_STATES = Set.of("55P03", "25P02", "25P03", "25P04");

    /** Read-only transaction, object not in prerequisite state: this server cannot run the statement now. */
    private static final Set<String> SERVER_NOT_READY = Set.of("25006", "55000");

    private SqlFailure() {}

    /** Whether an immediate retry may succeed. */
    static boolean isConcurrencyFailure(SQLException e) {
        return CONCURRENCY_FAILURES.contains(state(e)) && !isPositionTaken(e);
    }

    /**
     * Whether the sequence assigned a position that an event already has. The sequence is behind the events; a retry
     * could draw a free position that readers have already passed.
     */
    static boolean isPositionTaken(SQLException e) {
        return e instanceof PSQLException report
                && report.getServerErrorMessage() != null
                && "events_by_position".equals(report.getServerErrorMessage().getConstraint());
    }

    /**
     * Whether the transaction may have been committed: the connection failed before the result arrived, or the driver
     * failed to read a result.
     */
    static boolean isOutcomeUnknown(SQLException e) {
        String state = state(e);
        return state.isEmpty()
                || state.startsWith("08")
                || state.startsWith("57P")
                || (!isFromServer(e) && !MALFORMED.contains(state));
    }

    /** Whether the server reported the error, and so has rolled back. */
    private static boolean isFromServer(SQLException e) {
        return e instanceof PSQLException report && report.getServerErrorMessage() != null;
    }

    /** Returns the exception to throw to callers of the store. */
    static RuntimeException of(SQLException e) {
        String state = state(e);
        if (MALFORMED.contains(state)) {
            return new IllegalArgumentException("PostgreSQL cannot store this: " + e.getMessage(), e);
        }
        if (SERVER_NOT_READY.contains(state)) {
            return new StoreUnavailableException(serverMessage(e), false, e);
        }
        if (isPositionTaken(e)) {
            return new StoreUnavailableException(
                    "The sequence diptych.event_position is behind the events, so nothing can be appended", false, e);
        }
        if (state.isEmpty()
                || UNAVAILABLE_CLASSES.contains(state.substring(0, 2))
                || UNAVAILABLE_STATES.contains(state)
                || CONCURRENCY_FAILURES.contains(state)) {
            return new StoreUnavailableException(
                    "The database is unavailable or too busy (SQLSTATE " + state + ")", isOutcomeUnknown(e), e);
        }
        return new IllegalStateException("PostgreSQL rejected the statement: " + e.getMessage(), e);
    }

    /** The server's words, without the severity before them; the driver's if the server sent none. */
    static String serverMessage(SQLException e) {
        @Nullable ServerErrorMessage words = e instanceof PSQLException report ? report.getServerErrorMessage() : null;
        return String.valueOf(words == null ? e.getMessage() : words.getMessage());
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }
}
