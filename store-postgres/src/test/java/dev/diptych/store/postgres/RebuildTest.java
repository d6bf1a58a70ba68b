package dev.diptych.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Waiting;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A long history: built again it gives the same rows, and needs no more memory than a short one. */
class RebuildTest {

    private static final int EVENTS = 100_000;
    private static final int BYTES = 1_500;

    @Test
    @Tag("full")
    void a_read_model_of_100_000_events_is_built_again_row_by_row_the_same_in_little_memory() throws Exception {
        try (TestDatabase on = TestServer.newest().fresh()) {
            on.execute(
                    "INSERT INTO diptych.events (position, stream_name, version, type, schema_version, payload, metadata)"
                            + " SELECT nextval('diptych.event_position'), 's-' || i % 1000, 1 + i / 1000, 'coin', 1,"
                            + " ('\"' || i % 7 - 3 || ' purse-' || i % 777 || '|' || repeat('x', " + BYTES
                            + ") || '\"')::json, '{}'"
                            + " FROM generate_series(0, " + (EVENTS - 1) + ") i");
            run(on, "tallies", "incremental");
            run(on, "other-tallies", "rebuilt");

            List<String> rows = on.query("SELECT count(*) FROM diptych.tallies");
            assertThat(Integer.parseInt(rows.getFirst())).isGreaterThan(600);
            assertThat(on.query("(TABLE diptych.tallies EXCEPT TABLE diptych.other_tallies) UNION ALL"
                            + " (TABLE diptych.other_tallies EXCEPT TABLE diptych.tallies)"))
                    .isEmpty();
            assertThat(on.query("SELECT DISTINCT position FROM diptych.checkpoints"))
                    .containsExactly("" + EVENTS);
        }
    }

    /** In a process whose memory would not hold a third of the events. */
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
