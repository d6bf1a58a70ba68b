package dev.diptych.store.postgres.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.store.postgres.TestDatabase;
import dev.diptych.store.postgres.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The number of locks for which {@code docs/howto/run-on-postgres.md} tells an operator to reserve memory. */
class AppendLocksTest {

    private static final Path PAGE = Path.of("..", "docs", "howto", "run-on-postgres.md");

    /** The command id, the stream, and the registration of the transaction. */
    private static final int LOCKS_OF_AN_APPEND = 3;

    private static final int LOCKS_OF_A_NODE =
            AppendQueue.MAX_GROUPS_IN_FLIGHT * AppendQueue.MAX_GROUP * LOCKS_OF_AN_APPEND;

    private static final String ON_PAGE = String.format(Locale.ROOT, "%,d", LOCKS_OF_A_NODE);

    @Test
    void full_groups_hold_as_many_locks_as_the_page_says() throws Exception {
        List<Thread> threads = new ArrayList<>();
        try (TestDatabase on = TestServer.newest().fresh();
                Connection other = on.source().getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            // The last append of each group waits for the same command id in the unique index, with all its locks.
            for (int group = 0; group < AppendQueue.MAX_GROUPS_IN_FLIGHT; group++) {
                statement.execute("INSERT INTO diptych.commands VALUES ('" + id(group, AppendQueue.MAX_GROUP - 1)
                        + "', 'f', 's', 1, 1)");
            }
            var appender = new Appender(on.database());
            for (int group = 0; group < AppendQueue.MAX_GROUPS_IN_FLIGHT; group++) {
                List<PendingAppend> full = group(group);
                threads.add(Thread.ofPlatform().start(() -> appender.sendGroup(full)));
            }
            Waiting.until(
                    "every group waits at its last append",
                    () -> on.query("SELECT 1 FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted"
                                            + " AND pid IN (SELECT pid FROM pg_stat_activity"
                                            + " WHERE datname = current_database())")
                                    .size()
                            == AppendQueue.MAX_GROUPS_IN_FLIGHT);
            assertThat(on.query("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database ="
                            + " (SELECT oid FROM pg_database WHERE datname = current_database())"))
                    .containsExactly(String.valueOf(LOCKS_OF_A_NODE));
            other.rollback();
            for (Thread thread : threads) {
                assertThat(thread.join(Waiting.PATIENCE)).as("ended").isTrue();
            }
            assertThat(on.query("SELECT count(*) FROM diptych.events"))
                    .containsExactly(String.valueOf(LOCKS_OF_A_NODE / LOCKS_OF_AN_APPEND));
        }
        assertThat(Files.readString(PAGE).replaceAll("\\s+", " "))
                .contains("up to %d transactions of up to %d appends, with %d locks each: %s locks"
                        .formatted(
                                AppendQueue.MAX_GROUPS_IN_FLIGHT, AppendQueue.MAX_GROUP, LOCKS_OF_AN_APPEND, ON_PAGE))
                .contains("64 + " + ON_PAGE + " × ");
    }

    private static List<PendingAppend> group(int group) {
        List<PendingAppend> appends = new ArrayList<>();
        for (int i = 0; i < AppendQueue.MAX_GROUP; i++) {
            String id = id(group, i);
            appends.add(new PendingAppend(
                    new StreamName(id),
                    ExpectedVersion.noStream(),
                    List.of(new NewEvent("lit", 1, "{}", "{}")),
                    Optional.of(new CommandStamp(id, "f"))));
        }
        return appends;
    }

    private static String id(int group, int append) {
        return "group-" + group + "-" + append;
    }
}
