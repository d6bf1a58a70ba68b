package dev.diptych.store.postgres;

import dev.diptych.core.eventstore.StoreUnavailableException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What an {@link SQLException} means for the caller, by its SQLSTATE (PostgreSQL's manual, appendix A). */
final class SqlFailure {

    /** Serialization failure, deadlock, unique violation: another transaction was in the way, and the next try may pass. */
    private static final Set<String> DISTURBED = Set.of("40001", "40P01", "23505");

    /** Invalid text, Unicode or JSON: what was given cannot be stored, ever. */
    private static final Set<String> MALFORMED = Set.of("22P02", "22P05", "22021", "22032");

    /**
     * Connection lost, resources exhausted, shut down or cancelled, lock or time limit: the first two characters are
     * enough, except where they also hold mistakes.
     */
    private static final Set<String> UNAVAILABLE = Set.of("08", "53", "57", "58", "40");

    private static final Set<String> UNAVAILABLE_TOO = Set.of("55P03", "25P02", "25P03", "25P04");

    /**
     * Read-only transaction, object not in prerequisite state: this server is not, or not yet, one that can be used for
     * this.
     */
    private static final Set<String> OUT_OF_PLACE = Set.of("25006", "55000");

    private SqlFailure() {}

    /** Whether the same statement may succeed when it is sent again at once. */
    static boolean isDisturbance(SQLException e) {
        return DISTURBED.contains(state(e)) && !isPositionTaken(e);
    }

    /**
     * Whether a position was drawn that an event has: the sequence is behind, and the next one may be free and be
     * passed over.
     */
    static boolean isPositionTaken(SQLException e) {
        return e instanceof PSQLException report
                && report.getServerErrorMessage() != null
                && "events_by_position".equals(report.getServerErrorMessage().getConstraint());
    }

    /**
     * Whether nobody can tell whether it was committed: the connection broke while the answer was awaited, or the driver did
     * not get through with an answer that had come.
     */
    static boolean isOutcomeUnknown(SQLException e) {
        String state = state(e);
        return state.isEmpty()
                || state.startsWith("08")
                || state.startsWith("57P")
                || (!isFromServer(e) && !MALFORMED.contains(state));
    }

    /** What the server reports, it has rolled back. */
    private static boolean isFromServer(SQLException e) {
        return e instanceof PSQLException report && report.getServerErrorMessage() != null;
    }

    static RuntimeException of(SQLException e) {
        String state = state(e);
        if (MALFORMED.contains(state)) {
            return new IllegalArgumentException("PostgreSQL cannot store this: " + e.getMessage(), e);
        }
        if (OUT_OF_PLACE.contains(state)) {
            return new StoreUnavailableException(inWordsOfTheServer(e), false, e);
        }
        if (isPositionTaken(e)) {
            return new StoreUnavailableException(
                    "The sequence diptych.event_position is behind the events, so nothing can be appended", false, e);
        }
        if (state.isEmpty()
                || UNAVAILABLE.contains(state.substring(0, 2))
                || UNAVAILABLE_TOO.contains(state)
                || DISTURBED.contains(state)) {
            return new StoreUnavailableException(
                    "The database is away or too busy (SQLSTATE " + state + ")", isOutcomeUnknown(e), e);
        }
        return new IllegalStateException("PostgreSQL refuses this: " + e.getMessage(), e);
    }

    private static String inWordsOfTheServer(SQLException e) {
        @Nullable ServerErrorMessage words = e instanceof PSQLException report ? report.getServerErrorMessage() : null;
        return String.valueOf(words == null ? e.getMessage() : words.getMessage());
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }
}
