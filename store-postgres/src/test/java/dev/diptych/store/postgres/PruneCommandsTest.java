package dev.diptych.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.StreamName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Old command ids are forgotten while others append and forget: nobody waits for anybody. */
class PruneCommandsTest {

    private static final StreamName STREAM = new StreamName("s");

    @Test
    void neither_an_append_nor_another_who_prunes_waits_for_pruning() throws SQLException {
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
    void the_search_for_old_ids_is_served_by_an_index() {
        try (TestDatabase on = TestServer.newest().fresh()) {
            on.execute("INSERT INTO diptych.commands SELECT 'k' || i, 'f', 's', 1, 1, clock_timestamp() - i * interval"
                    + " '1 second' FROM generate_series(1, 20000) i");
            on.execute("ANALYZE diptych.commands");
            assertThat(on.query("EXPLAIN SELECT command_id FROM diptych.commands WHERE recorded_at <="
                            + " clock_timestamp() - interval '5 hours' ORDER BY recorded_at LIMIT 100"))
                    .anyMatch(line -> line.contains("commands_by_age"));
            assertThat(on.store().pruneCommands(EventStore.SHORTEST_MEMORY, 10)).isZero();
        }
    }

    private static AppendResult append(TestDatabase on, String id) {
        return on.store().append(STREAM, ExpectedVersion.any(), List.of(), Optional.of(new CommandStamp(id, "f")));
    }
}
