package dev.diptych.store.postgres.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.OpenAppend;
import dev.diptych.store.postgres.TestDatabase;
import dev.diptych.store.postgres.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Operators see the oldest open append and its age. */
class OpenAppendsTest {

    @AutoClose
    private final TestDatabase on = TestServer.newest().fresh();

    private final PostgresOpenAppends appends = new PostgresOpenAppends(on.database());

    /** Appends in a transaction that stays open, and returns the process id of its session. */
    private static int append(Connection connection, String stream) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement();
                var pid = statement.executeQuery("SELECT pg_backend_pid() FROM diptych.append(true, '" + stream
                        + "', 'any', null, true, null, null, 'lit', 1, '{}', '{}', null, null, null, null)")) {
            pid.next();
            return pid.getInt(1);
        }
    }

    private Optional<OpenAppend> oldest() {
        return appends.oldest();
    }

    @Test
    void there_is_none_while_no_append_is_open() throws Exception {
        assertThat(oldest()).isEmpty();
        try (Connection one = on.source().getConnection()) {
            append(one, "a");
            one.commit();
            assertThat(oldest()).isEmpty();
        }
    }

    @Test
    void the_oldest_is_the_one_that_registered_first() throws Exception {
        try (Connection one = on.source().getConnection();
                Connection two = on.source().getConnection()) {
            int first = append(one, "a");
            int second = append(two, "b");
            assertThat(second).isNotEqualTo(first);
            assertThat(oldest().map(OpenAppend::pid)).contains(first);
            Waiting.until(
                    "it is older than 20 ms",
                    () -> oldest().flatMap(OpenAppend::age)
                            .filter(age -> age.compareTo(Duration.ofMillis(20)) > 0)
                            .isPresent());

            one.rollback();
            assertThat(oldest().map(OpenAppend::pid)).contains(second);
            two.commit();
            assertThat(oldest()).isEmpty();
        }
    }

    @Test
    void appends_to_other_databases_are_ignored() throws Exception {
        try (TestDatabase other = TestServer.newest().fresh();
                Connection elsewhere = other.source().getConnection()) {
            append(elsewhere, "a");
            assertThat(oldest()).isEmpty();
            assertThat(new PostgresOpenAppends(other.database()).oldest()).isPresent();
        }
    }
}
