package dev.diptych.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Waiting;
import dev.diptych.store.postgres.PostgresAppends.OpenAppend;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Those who run the program see which append holds up the readers, and for how long it has been open. */
class AppendsTest {

    private TestDatabase on;
    private PostgresAppends appends;

    @BeforeEach
    void create() {
        on = TestServer.newest().fresh();
        appends = new PostgresAppends(on.database());
    }

    @AfterEach
    void drop() {
        on.close();
    }

    /** Appends in a transaction that goes on, and says in which session. */
    private static int append(Connection connection, String stream) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement();
                var pid = statement.executeQuery("SELECT pg_backend_pid() FROM diptych.append(true, '" + stream
                        + "', null, null, null, 'lit', 1, '{}', '{}', null, null, null, null)")) {
            pid.next();
            return pid.getInt(1);
        }
    }

    private Optional<OpenAppend> oldest() {
        return appends.oldest();
    }

    @Test
    void there_is_none_while_nobody_appends() throws Exception {
        assertThat(oldest()).isEmpty();
        try (Connection one = on.source().getConnection()) {
            append(one, "a");
            one.commit();
            assertThat(oldest()).isEmpty();
        }
    }

    @Test
    void of_several_it_is_the_one_that_registered_first_and_it_grows_older() throws Exception {
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
    void an_append_to_another_database_of_the_server_is_none_of_this_one() throws Exception {
        try (TestDatabase other = TestServer.newest().fresh();
                Connection elsewhere = other.source().getConnection()) {
            append(elsewhere, "a");
            assertThat(oldest()).isEmpty();
            assertThat(new PostgresAppends(other.database()).oldest()).isPresent();
        }
    }
}
