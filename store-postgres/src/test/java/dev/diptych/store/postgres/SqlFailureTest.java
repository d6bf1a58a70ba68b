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

/** What is told of a failure, above all whether something may have been stored. */
class SqlFailureTest {

    @ParameterizedTest(name = "{0}: unknown {1}")
    @CsvSource({"53200, false", "55P03, false", "57014, false", "40P01, false", "57P01, true", "08006, true"})
    void what_the_server_reports_was_not_stored_unless_it_went_away(String state, boolean unknown) {
        assertThat(SqlFailure.of(reported(state)))
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        e -> assertThat(e.outcomeUnknown()).isEqualTo(unknown));
    }

    /** The server has committed by then: to send it again might store it twice. */
    @Test
    void where_the_driver_itself_fails_something_may_have_been_stored() {
        var failure = new PSQLException("the answer does not fit into the memory", PSQLState.OUT_OF_MEMORY);
        assertThat(SqlFailure.isOutcomeUnknown(failure)).isTrue();
        assertThat(SqlFailure.of(failure))
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        e -> assertThat(e.outcomeUnknown()).isTrue());
    }

    @Test
    void what_cannot_be_stored_was_not_stored_whoever_says_so() {
        var failure = new SQLException("half a character", "22021");
        assertThat(SqlFailure.isOutcomeUnknown(failure)).isFalse();
        assertThat(SqlFailure.of(failure)).isInstanceOf(IllegalArgumentException.class);
    }

    private static SQLException reported(String state) {
        return new PSQLException(new ServerErrorMessage("SERROR\0C" + state + "\0Mreported by a server\0\0"));
    }
}
