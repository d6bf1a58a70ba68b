package dev.diptych.store.postgres.readmodels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Waiting;
import dev.diptych.store.postgres.TestDatabase;
import dev.diptych.store.postgres.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A rebuild of many events yields the same rows, in limited memory. */
class RebuildTest {

    private static final int EVENTS = 100_000;
    private static final int BYTES = 1_500;

    @Test
    @Tag("full")
    void a_rebuild_of_100_000_events_yields_the_same_rows_in_48_megabytes() throws Exception {
        try (TestDatabase on = TestServer.newest().fresh()) {
            on.execute("INSERT INTO diptych.events"
                    + " (position, stream_name, version, type, schema_version, payload, metadata)"
                    + " SELECT nextval('diptych.event_position'), 's-' || i % 1000, 1 + i / 1000, 'coin', 1,"
                    + " ('\"' || i % 7 - 3 || ' purse-' || i % 777 || '|' || repeat('x', " + BYTES
                    + ") || '\"')::json, '{}'"
                    + " FROM generate_series(0, " + (EVENTS - 1) + ") i");
            run(on, "tallies", "incremental");
            run(on, "other-tallies", "rebuilt");

            List<String> rows = on.query("SELECT count(*) FROM diptych.tallies");
            assertThat(Integer.parseInt(rows.getFirst())).isGreaterThan(600);
            assertThat(on.query("SELECT key FROM diptych.tallies t"
                            + " FULL JOIN (SELECT * FROM diptych.other_tallies WHERE generation = 2) o USING (key)"
                            + " WHERE (t.sum, t.coins, t.position) IS DISTINCT FROM (o.sum, o.coins, o.position)"))
                    .isEmpty();
            assertThat(on.query("SELECT DISTINCT position FROM diptych.checkpoints"))
                    .containsExactly("" + EVENTS);
        }
    }

    /** Runs a process whose heap is smaller than a third of the events. */
    private static void run(TestDatabase on, String name, String how) throws Exception {
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx48m",
                        "-Dcontract.patience=" + Waiting.PATIENCE.toSeconds(),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        RebuildProgram.class.getName(),
                        on.url(),
                        name,
                        how)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }
}
