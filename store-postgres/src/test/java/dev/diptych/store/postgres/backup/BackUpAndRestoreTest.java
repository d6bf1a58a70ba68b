package dev.diptych.store.postgres.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.diptych.core.contract.EmptyCopy;
import dev.diptych.core.contract.Tally.Tallies;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.query.Checkpoints.HistoryStatus;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresPool;
import dev.diptych.store.postgres.PostgresPool.Settings;
import dev.diptych.store.postgres.PostgresTallies;
import dev.diptych.store.postgres.TestDatabase;
import dev.diptych.store.postgres.TestServer;
import dev.diptych.store.postgres.readmodels.PostgresCheckpoints;
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

/** Moves a store from the oldest PostgreSQL to the newest by the commands of {@code back-up-and-restore.md}. */
class BackUpAndRestoreTest {

    private final BackUpPage page = BackUpPage.page();
    private static TestDatabase old; // never changed
    private static SampleStore sample;
    private TestDatabase fresh;

    @BeforeAll
    static void fill() throws Exception {
        old = TestServer.oldest().fresh();
        sample = SampleStore.filled(old);
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
    void a_copy_of_all_tables_continues_where_the_original_ended() {
        page.copyEvents(old, fresh);
        page.copyReadModels(old, fresh);
        page.setSequence(fresh);

        assertThat(SampleStore.checkpoint(fresh)).isEqualTo(sample.checkpoint()).isEqualTo(sample.head());
        sample.assertContinuesIn(fresh);
    }

    @Test
    void read_models_that_are_not_copied_are_rebuilt() {
        page.copyEvents(old, fresh);
        page.setSequence(fresh);

        assertThat(SampleStore.checkpoint(fresh)).isZero();
        assertThat(SampleStore.project(fresh, "tallies")).isEqualTo(sample.rows());
    }

    @Test
    void without_the_sequence_every_append_fails() {
        page.copyEvents(old, fresh);
        var stamp = Optional.of(new CommandStamp("new", "sent"));

        assertThatThrownBy(() -> SampleStore.append(fresh, SampleStore.PURSE, ExpectedVersion.any(), 1, stamp))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(quoted("The sequence diptych.event_position is at 0"));

        page.setSequence(fresh);
        assertThat(SampleStore.append(fresh, SampleStore.PURSE, ExpectedVersion.any(), 1, stamp))
                .isInstanceOf(AppendResult.Appended.class);
        assertThat(fresh.store().readAll(43, 10).events()).hasSize(1);
    }

    @Test
    void a_copy_gets_a_new_history_while_no_node_is_connected() {
        page.copyEvents(old, fresh);
        page.setSequence(fresh);
        String history = fresh.store().history();
        fresh.disconnect();

        Waiting.untilAsserted("all sessions have ended", () -> page.beginHistory(fresh));
        var node = Database.ofWriter(fresh.source());
        assertThat(PostgresCheckpoints.ofReader(node, List.of()).statusOf(history))
                .isEqualTo(HistoryStatus.SUPERSEDED);
        assertThat(PostgresCheckpoints.ofReader(node, List.of()).statusOf(node.run(node::history)))
                .isEqualTo(HistoryStatus.PRESENT);
    }

    /** The error message that the page quotes. */
    private String quoted(String beginning) {
        return Pattern.compile("(?m)^> (" + beginning + ".*)$")
                .matcher(page.text())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    @Test
    void a_sequence_behind_a_checkpoint_rejects_writers() throws Exception {
        page.copyEvents(old, fresh);
        page.copyReadModels(old, fresh);
        page.setSequence(fresh);
        fresh.execute("UPDATE diptych.checkpoints SET position = 44");

        try (var pool = new PostgresPool(Settings.of(fresh.url(), "", "", "writer"))) {
            assertThatThrownBy(() -> Database.ofWriter(pool.pooled()).requireWritable())
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("is at 43, but position 44 is in use");
        }

        // Without the check, the projection would skip the event.
        assertThat(SampleStore.append(fresh, SampleStore.PURSE, ExpectedVersion.any(), 1, Optional.empty()))
                .isInstanceOf(AppendResult.Appended.class);
        assertThat(fresh.store().readAll(SampleStore.checkpoint(fresh), 10).events())
                .isEmpty();
    }

    @Test
    void a_rebuild_repairs_checkpoints_that_were_copied_without_rows() {
        page.copyEvents(old, fresh);
        page.copyReadModels(old, fresh);
        page.setSequence(fresh);
        fresh.execute("DELETE FROM diptych.tallies");

        assertThat(SampleStore.project(fresh, "tallies"))
                .as("rows without a rebuild")
                .isEmpty();
        EmptyCopy.serve(new PostgresTallies(fresh).readModel(new Tallies()));
        assertThat(SampleStore.project(fresh, "tallies")).isEqualTo(sample.rows());
    }

    /**
     * The only assumption in this project: the embedded servers do not include pg_dump, whose version must be at least
     * that of the old server and at most that of the new one.
     */
    @Test
    void a_restored_dump_continues_where_the_original_ended(@TempDir Path directory) throws Exception {
        int version = version("pg_dump");
        assumeTrue(
                major(old) <= version && version <= major(fresh) && version("pg_restore") == version,
                "NOT RUN: it needs a pg_dump and a pg_restore of version " + major(old) + " to " + major(fresh)
                        + " on the PATH");
        fresh.close();
        fresh = TestServer.newest().empty();

        shell(directory, page.command("pg_dump"), "postgresql://old-host/shop", old);
        shell(directory, page.command("pg_restore"), "postgresql://new-host/shop", fresh);
        assertThat(SampleStore.checkpoint(fresh)).isEqualTo(sample.checkpoint());
        sample.assertContinuesIn(fresh);
        TestServer.newest().migrate(fresh.name(), "events");
        assertThat(fresh.query(
                        "SELECT proname FROM pg_proc WHERE has_function_privilege('diptych_writer', oid, 'EXECUTE')"
                                + " AND pronamespace = 'diptych'::regnamespace"))
                .contains("append");
    }

    private static int major(TestDatabase on) {
        return Integer.parseInt(on.query("SHOW server_version_num").getFirst()) / 10_000;
    }

    /** The version of a program on the PATH; 0 if it is missing. */
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
                    .as("ended before the timeout")
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
