package dev.diptych.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.contract.Tally.Tallies;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.RecordedEvent;
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

/** A stream is deleted by the statements of {@code docs/howto/erase-a-persons-data.md}, and by nothing less. */
class ErasingTest {

    private static final Path PAGE = Path.of("..", "docs", "howto", "erase-a-persons-data.md");
    private static final Pattern SQL = Pattern.compile("(?s)```sql\\s+(.*?)```");

    private TestDatabase on;
    private House house;

    @BeforeEach
    void fill() throws Exception {
        on = TestServer.newest().fresh();
        house = House.filled(on);
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
        return found.getFirst().replace("'order-o-1'", "'" + House.PURSE + "'");
    }

    private void nothingCanBeDeleted() {
        assertThatThrownBy(() -> on.execute("DELETE FROM diptych.events"))
                .rootCause()
                .hasMessageContaining("what has happened cannot be changed");
    }

    @Test
    void the_stream_and_its_command_ids_are_gone_and_everything_else_is_there() throws Exception {
        nothingCanBeDeleted();

        on.execute(statements());

        assertThat(on.store().readStream(House.PURSE, 0, 100).events()).isEmpty();
        assertThat(on.store().findCommand("command-1")).isEmpty();
        List<RecordedEvent> others = house.events().stream()
                .filter(event -> !event.stream().equals(House.PURSE))
                .toList();
        assertThat(on.store().readAll(0, 1_000).events()).isEqualTo(others).hasSize(20);
        assertThat(on.store().head()).isEqualTo(others.getLast().position());
        assertThat(House.checkpoint(on))
                .as("a checkpoint, which is the position of an event")
                .isEqualTo(on.store().head());
        nothingCanBeDeleted();
    }

    @Test
    @Tag("full")
    void its_rows_stay_until_the_projection_is_built_again() throws Exception {
        assertThat(house.rows()).containsKey(House.PURSE.value());

        on.execute(statements());

        assertThat(House.project(on, "tallies")).isEqualTo(house.rows());
        new PostgresTallies(on).readModel(new Tallies("tallies")).reset();
        assertThat(House.project(on, "tallies")).isNotEmpty().doesNotContainKey(House.PURSE.value());
    }

    @Test
    void appends_go_on_and_a_stream_of_the_same_name_would_begin_anew() throws Exception {
        on.execute(statements());

        AppendResult result = House.append(on, House.PURSE, ExpectedVersion.noStream(), 1, Optional.empty());

        assertThat(result).isInstanceOfSatisfying(AppendResult.Appended.class, appended -> {
            assertThat(appended.receipt().version()).isEqualTo(1);
            assertThat(appended.receipt().position()).isGreaterThan(house.head());
        });
    }

    @Test
    void without_the_statement_that_enables_the_trigger_again_events_would_no_longer_be_safe() throws Exception {
        on.execute(statements().replaceFirst("(?m)^ *ALTER TABLE .* ENABLE .*$", ""));
        on.execute("DELETE FROM diptych.events");
        assertThat(on.store().readAll(0, 10).events()).isEmpty();
    }
}
