package dev.diptych.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.diptych.core.contract.Tally.Tallies;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.query.Checkpoints.HistoryStatus;
import dev.diptych.store.postgres.PostgresPool.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the oldest PostgreSQL to the newest, by the commands of {@code docs/howto/back-up-and-restore.md}. */
class MovingHouseTest {

    private final HowTo howTo = HowTo.page();
    private static TestDatabase old; // which nothing changes
    private static House house;
    private TestDatabase fresh;

    @BeforeAll
    static void fill() throws Exception {
        old = TestServer.oldest().fresh();
        house = House.filled(old);
    }

    @AfterAll
    static void dropOld() {
        old.close();
    }

    @BeforeEach
    void create() {
        fresh = TestServer.newest().fresh();
    }

    @AfterEach
    void drop() {
        fresh.close();
    }

    @Test
    void a_copy_of_all_tables_goes_on_where_the_original_ended() {
        howTo.copyEvents(old, fresh);
        howTo.copyReadModels(old, fresh);
        howTo.setSequence(fresh);

        assertThat(House.checkpoint(fresh)).isEqualTo(house.checkpoint()).isEqualTo(house.head());
        house.goesOnIn(fresh);
    }

    @Test
    void read_models_that_stay_behind_are_built_again() {
        howTo.copyEvents(old, fresh);
        howTo.setSequence(fresh);

        assertThat(House.checkpoint(fresh)).isZero();
        assertThat(House.project(fresh, "tallies")).isEqualTo(house.rows());
    }

    @Test
    void without_the_sequence_no_node_appends() {
        howTo.copyEvents(old, fresh);
        var stamp = Optional.of(new CommandStamp("new", "sent"));

        assertThatThrownBy(() -> House.append(fresh, House.PURSE, ExpectedVersion.any(), 1, stamp))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(promised("The sequence diptych.event_position is at 0"));

        howTo.setSequence(fresh);
        assertThat(House.append(fresh, House.PURSE, ExpectedVersion.any(), 1, stamp))
                .isInstanceOf(AppendResult.Appended.class);
        assertThat(fresh.store().readAll(43, 10).events()).hasSize(1);
    }

    @Test
    void a_copy_of_the_tables_is_given_a_history_while_no_node_is_connected() {
        howTo.copyEvents(old, fresh);
        howTo.setSequence(fresh);
        String history = fresh.store().history();
        fresh.disconnect();

        Waiting.untilAsserted("the sessions have ended", () -> howTo.beginHistory(fresh));
        var node = Database.ofWriter(fresh.source());
        assertThat(PostgresCheckpoints.ofReader(node, List.of()).statusOf(history))
                .isEqualTo(HistoryStatus.SUPERSEDED);
        assertThat(PostgresCheckpoints.ofReader(node, List.of()).statusOf(node.run(node::history)))
                .isEqualTo(HistoryStatus.PRESENT);
    }

    /** What the page quotes. */
    private String promised(String beginning) {
        return Pattern.compile("(?m)^> (" + beginning + ".*)$")
                .matcher(howTo.text())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    @Test
    void where_the_sequence_is_behind_a_checkpoint_nothing_is_appended() throws Exception {
        howTo.copyEvents(old, fresh);
        howTo.copyReadModels(old, fresh);
        howTo.setSequence(fresh);
        fresh.execute("UPDATE diptych.checkpoints SET position = 44");

        try (var pool = new PostgresPool(Settings.of(fresh.url(), "", "", "writer"))) {
            assertThatThrownBy(() -> Database.ofWriter(pool.pooled()).requireWritable())
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("is at 43, but position 44 is in use");
        }

        // This is what would happen: an event that the projection has passed before it came into being.
        assertThat(House.append(fresh, House.PURSE, ExpectedVersion.any(), 1, Optional.empty()))
                .isInstanceOf(AppendResult.Appended.class);
        assertThat(fresh.store().readAll(House.checkpoint(fresh), 10).events()).isEmpty();
    }

    @Test
    void checkpoints_without_their_rows_are_a_mistake_that_rebuilding_repairs() {
        howTo.copyEvents(old, fresh);
        howTo.copyReadModels(old, fresh);
        howTo.setSequence(fresh);
        fresh.execute("DELETE FROM diptych.tallies");

        assertThat(House.project(fresh, "tallies"))
                .as("rows that nobody builds again")
                .isEmpty();
        new PostgresTallies(fresh).readModel(new Tallies()).reset();
        assertThat(House.project(fresh, "tallies")).isEqualTo(house.rows());
    }

    /**
     * The only assumption in this project: the embedded servers come without pg_dump, and one that is older than the old
     * server, or newer than the new one, cannot do this.
     */
    @Test
    void a_dump_goes_on_where_the_original_ended(@TempDir Path directory) throws Exception {
        int version = version("pg_dump");
        assumeTrue(
                major(old) <= version && version <= major(fresh) && version("pg_restore") == version,
                "NOT RUN: it needs a pg_dump and a pg_restore of version " + major(old) + " to " + major(fresh)
                        + " on the PATH");
        fresh.close();
        fresh = TestServer.newest().empty();

        shell(directory, howTo.command("pg_dump"), "postgresql://old-host/shop", old);
        shell(directory, howTo.command("pg_restore"), "postgresql://new-host/shop", fresh);
        assertThat(House.checkpoint(fresh)).isEqualTo(house.checkpoint());
        house.goesOnIn(fresh);
        TestServer.newest().migrate(fresh.name(), "events");
        assertThat(fresh.query(
                        "SELECT proname FROM pg_proc WHERE has_function_privilege('diptych_writer', oid, 'EXECUTE')"
                                + " AND pronamespace = 'diptych'::regnamespace"))
                .contains("append");
    }

    private static int major(TestDatabase on) {
        return Integer.parseInt(on.query("SHOW server_version_num").getFirst()) / 10_000;
    }

    /** Of a program on the PATH, 0 when it is not there. */
    private static int version(String program) throws Exception {
        try {
            return Pattern.compile("(\\d+)(?:\\.\\d+|devel|beta|rc)")
                    .matcher(run(new ProcessBuilder(program, "--version")))
                    .results()
                    .mapToInt(number -> Integer.parseInt(number.group(1)))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private static void shell(Path directory, String command, String name, TestDatabase on) throws Exception {
        assertThat(command).contains(name);
        String url = on.url().replaceFirst("^jdbc:", "");
        run(new ProcessBuilder("sh", "-c", command.replace(name, "'" + url + "'")).directory(directory.toFile()));
    }

    private static String run(ProcessBuilder builder) throws Exception {
        Path output = Files.createTempFile("output", ".txt");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("ended in time")
                    .isTrue();
            String text = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(process.exitValue()).as(text).isZero();
            return text;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
