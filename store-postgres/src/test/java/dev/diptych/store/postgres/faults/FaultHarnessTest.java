package dev.diptych.store.postgres.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.contract.Waiting;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The injected faults have the effects that their names state. */
@Tag("full")
class FaultHarnessTest {

    private static final String ROWS = "SELECT row FROM rows ORDER BY row";

    @TempDir
    private Path directory;

    private PostgresServer primary;

    @BeforeEach
    void create() {
        primary = PostgresServer.create(directory.resolve("a"));
        primary.execute("postgres", "CREATE TABLE rows (row text)");
        insert(primary, "first");
    }

    @AfterEach
    void close() {
        primary.close();
    }

    private static void insert(PostgresServer server, String row) {
        server.execute("postgres", "INSERT INTO rows VALUES ('" + row + "')");
    }

    private static List<String> rows(PostgresServer server) {
        return server.query("postgres", ROWS);
    }

    private static String timeline(PostgresServer server) {
        return server.query("postgres", "SELECT substr(pg_walfile_name(pg_current_wal_lsn()), 8, 1)")
                .getFirst();
    }

    @Test
    void a_fail_over_loses_rows_written_after_replication_was_cut() {
        try (Standby standby = Backup.of(primary, directory.resolve("b")).standby();
                Relay address = Relay.to(primary.port())) {
            insert(primary, "replicated");
            standby.awaitCaughtUp(primary);
            assertThat(rows(standby.server())).containsExactly("first", "replicated");

            standby.cutReplication();
            insert(primary, "lost");
            primary.kill();
            standby.server().promote();
            address.pointTo(standby.server().port());

            insert(standby.server(), "written by the new primary");
            assertThat(over(address)).containsExactly("first", "replicated", "written by the new primary");
            assertThat(timeline(standby.server())).isEqualTo("2");
        }
    }

    private List<String> over(Relay address) {
        var source = new PGSimpleDataSource();
        source.setURL(address.url(primary.url("postgres")));
        try (Connection connection = source.getConnection();
                var rows = connection.createStatement().executeQuery("SELECT array_agg(row ORDER BY row) FROM rows")) {
            rows.next();
            return List.of((String[]) rows.getArray(1).getArray());
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_standby_lags_while_its_replay_is_paused_or_its_replication_is_cut() {
        try (Standby standby = Backup.of(primary, directory.resolve("b")).standby()) {
            standby.awaitCaughtUp(primary);
            standby.pauseReplay();
            insert(primary, "second");
            assertThat(rows(standby.server())).containsExactly("first");
            standby.resumeReplay();
            standby.awaitCaughtUp(primary);
            assertThat(rows(standby.server())).containsExactly("first", "second");

            standby.cutReplication();
            insert(primary, "third");
            standby.restoreReplication();
            standby.awaitCaughtUp(primary);
            assertThat(rows(standby.server())).containsExactly("first", "second", "third");
        }
    }

    @Test
    void a_restored_backup_has_the_rows_of_its_time_on_a_new_timeline() {
        Backup backup = Backup.of(primary, directory.resolve("b"));
        insert(primary, "after the backup");
        try (PostgresServer restored = backup.restore()) {
            assertThat(rows(restored)).containsExactly("first");
            assertThat(timeline(restored)).isEqualTo("2");
        }
    }

    @Test
    void a_server_keeps_its_port_and_its_rows_when_it_is_stopped_or_killed() {
        int port = primary.port();
        primary.stop();
        assertThatThrownBy(() -> primary.connect("postgres")).isInstanceOf(SQLException.class);
        primary.start();
        insert(primary, "second");
        primary.crash();
        assertThat(rows(primary)).containsExactly("first", "second");
        assertThat(primary.port()).isEqualTo(port);
    }

    @Test
    void a_suspended_server_responds_after_it_is_resumed() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        primary.suspend();
        Thread reader = Thread.ofPlatform().name("reader").start(() -> seen.addAll(rows(primary)));
        try {
            assertThat(reader.join(Duration.ofMillis(100))).isFalse();
        } finally {
            primary.resume();
        }
        assertThat(reader.join(Waiting.PATIENCE)).isTrue();
        assertThat(seen).containsExactly("first");
    }

    @Test
    void a_relay_refuses_connections_until_it_is_mended() {
        try (Relay address = Relay.to(primary.url("postgres"))) {
            address.cut();
            assertThatThrownBy(() -> over(address)).hasCauseInstanceOf(SQLException.class);
            address.mend();
            assertThat(over(address)).containsExactly("first");
            assertThat(address.roundTrips()).isPositive();
        }
    }
}
