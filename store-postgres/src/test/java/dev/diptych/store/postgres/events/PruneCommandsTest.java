package dev.diptych.store.postgres.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.store.postgres.TestDatabase;
import dev.diptych.store.postgres.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pruning command ids neither blocks nor waits for appends and other pruning. */
class PruneCommandsTest {

    private static final StreamName STREAM = new StreamName("s");

    @Test
    void pruning_blocks_neither_appends_nor_other_pruning() throws SQLException {
        try (TestDatabase on = TestServer.newest().fresh()) {
            for (String id : List.of("a", "b", "c")) {
                append(on, id);
            }
            on.execute("UPDATE diptych.commands SET recorded_at = recorded_at - interval '2 days'");
            try (Connection pruning = on.source().getConnection();
                    var statement = pruning.createStatement()) {
                pruning.setAutoCommit(false);
                statement.execute("SELECT diptych.prune_commands('24 hours', 2)");

                assertThat(append(on, "new")).isInstanceOf(AppendResult.Appended.class);
                assertThat(append(on, "a")).isInstanceOf(AppendResult.Repeated.class);
                assertThat(on.store().pruneCommands(Duration.ofHours(24), 10)).isEqualTo(1);
                pruning.commit();
            }
            assertThat(on.query("SELECT command_id FROM diptych.commands")).containsExactly("new");
        }
    }

    @Test
    void pruning_reads_no_more_than_it_deletes() {
        try (TestDatabase on = TestServer.newest().fresh()) {
            on.execute("INSERT INTO diptych.commands SELECT 'k' || i, 'f', 's', 1, 1, clock_timestamp() - i * interval"
                    + " '1 second' - CASE WHEN i > 20000 THEN interval '2 days' ELSE interval '0' END"
                    + " FROM generate_series(1, 20010) i");
            on.execute("ANALYZE diptych.commands");

            assertThat(readWhilePruning(on, 3)).isLessThan(100);
            assertThat(readWhilePruning(on, 7)).isLessThan(100);
            assertThat(readWhilePruning(on, 0)).isLessThan(100);

            long before = entriesRead(on);
            on.query("SELECT command_id FROM diptych.commands"
                    + " WHERE recorded_at <= clock_timestamp() - interval '24 hours' ORDER BY recorded_at LIMIT 100");
            assertThat(entriesRead(on) - before)
                    .as("index entries read with a volatile condition")
                    .isGreaterThanOrEqualTo(20_000); // more when deleted entries have not been removed yet
        }
    }

    /** The number of index entries read while this many ids are pruned. */
    private static long readWhilePruning(TestDatabase on, int ids) {
        long before = entriesRead(on);
        assertThat(on.store().pruneCommands(EventStore.MIN_COMMAND_ID_RETENTION, Math.max(ids, 1)))
                .isEqualTo(ids);
        return entriesRead(on) - before;
    }

    /** A thread gets the same pooled connection again, which then reports its statistics. */
    private static long entriesRead(TestDatabase on) {
        on.query("SELECT pg_stat_force_next_flush()");
        return Long.parseLong(on.query("SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE relname = 'commands'")
                .getFirst());
    }

    private static AppendResult append(TestDatabase on, String id) {
        return on.store().append(STREAM, ExpectedVersion.any(), List.of(), Optional.of(new CommandStamp(id, "f")));
    }
}
