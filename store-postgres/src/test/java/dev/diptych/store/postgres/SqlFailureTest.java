package dev.diptych.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.eventstore.StoreUnavailableException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/** How failures are classified, above all whether the outcome is unknown. */
class SqlFailureTest {

    @ParameterizedTest(name = "{0}: unknown {1}")
    @CsvSource({"53200, false", "55P03, false", "57014, false", "40P01, false", "57P01, true", "08006, true"})
    void a_reported_error_stored_nothing_unless_the_connection_ended(String state, boolean unknown) {
        assertThat(SqlFailure.of(reported(state)))
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        e -> assertThat(e.outcomeUnknown()).isEqualTo(unknown));
    }

    /** The server may have committed; a retry could store the events twice. */
    @Test
    void the_outcome_of_a_driver_error_is_unknown() {
        var failure = new PSQLException("the answer does not fit into the memory", PSQLState.OUT_OF_MEMORY);
        assertThat(SqlFailure.isOutcomeUnknown(failure)).isTrue();
        assertThat(SqlFailure.of(failure))
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        e -> assertThat(e.outcomeUnknown()).isTrue());
    }

    @Test
    void a_value_that_cannot_be_stored_was_not_stored() {
        var failure = new SQLException("half a character", "22021");
        assertThat(SqlFailure.isOutcomeUnknown(failure)).isFalse();
        assertThat(SqlFailure.of(failure)).isInstanceOf(IllegalArgumentException.class);
    }

    private static SQLException reported(String state) {
        return new PSQLException(new ServerErrorMessage("SERROR\0C" + state + "\0Mreported by a server\0\0"));
    }
}
