package dev.diptych.store.postgres.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.contract.EmptyCopy;
import dev.diptych.core.contract.Tally.Tallies;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.store.postgres.PostgresTallies;
import dev.diptych.store.postgres.TestDatabase;
import dev.diptych.store.postgres.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The statements of {@code docs/howto/erase-a-persons-data.md} delete a stream; other deletes are rejected. */
class StreamErasureTest {

    private static final Path PAGE = Path.of("..", "docs", "howto", "erase-a-persons-data.md");
    private static final Pattern SQL = Pattern.compile("(?s)```sql\\s+(.*?)```");

    private TestDatabase on;
    private SampleStore sample;

    @BeforeEach
    void fill() throws Exception {
        on = TestServer.newest().fresh();
        sample = SampleStore.filled(on);
    }

    @AfterEach
    void drop() {
        on.close();
    }

    private static String statements() throws IOException {
        List<String> found = SQL.matcher(Files.readString(PAGE))
                .results()
                .map(fence -> fence.group(1))
                .toList();
        assertThat(found).as("the statements of the page").hasSize(1);
        assertThat(found.getFirst()).contains("'order-o-1'");
        return found.getFirst().replace("'order-o-1'", "'" + SampleStore.PURSE + "'");
    }

    private void assertDeleteIsRejected() {
        assertThatThrownBy(() -> on.execute("DELETE FROM diptych.events"))
                .rootCause()
                .hasMessageContaining("events are immutable");
    }

    @Test
    void only_the_stream_and_its_command_ids_are_deleted() throws Exception {
        assertDeleteIsRejected();

        on.execute(statements());

        assertThat(on.store().readStream(SampleStore.PURSE, 0, 100).events()).isEmpty();
        assertThat(on.store().findCommand("command-1")).isEmpty();
        List<RecordedEvent> others = sample.events().stream()
                .filter(event -> !event.stream().equals(SampleStore.PURSE))
                .toList();
        assertThat(on.store().readAll(0, 1_000).events()).isEqualTo(others).hasSize(20);
        assertThat(on.store().head()).isEqualTo(others.getLast().position());
        assertThat(SampleStore.checkpoint(on))
                .as("the checkpoint")
                .isEqualTo(on.store().head());
        assertDeleteIsRejected();
    }

    @Test
    @Tag("full")
    void its_rows_remain_until_the_projection_is_rebuilt() throws Exception {
        assertThat(sample.rows()).containsKey(SampleStore.PURSE.value());

        on.execute(statements());

        assertThat(SampleStore.project(on, "tallies")).isEqualTo(sample.rows());
        EmptyCopy.serve(new PostgresTallies(on).readModel(new Tallies("tallies")));
        assertThat(SampleStore.project(on, "tallies")).isNotEmpty().doesNotContainKey(SampleStore.PURSE.value());
    }

    @Test
    void a_stream_of_the_same_name_starts_at_version_1() throws Exception {
        on.execute(statements());

        AppendResult result =
                SampleStore.append(on, SampleStore.PURSE, ExpectedVersion.noStream(), 1, Optional.empty());

        assertThat(result).isInstanceOfSatisfying(AppendResult.Appended.class, appended -> {
            assertThat(appended.receipt().version()).isEqualTo(1);
            assertThat(appended.receipt().position()).isGreaterThan(sample.head());
        });
    }

    @Test
    void without_its_last_statement_events_would_stay_unprotected() throws Exception {
        on.execute(statements().replaceFirst("(?m)^ *ALTER TABLE .* ENABLE .*$", ""));
        on.execute("DELETE FROM diptych.events");
        assertThat(on.store().readAll(0, 10).events()).isEmpty();
    }
}
