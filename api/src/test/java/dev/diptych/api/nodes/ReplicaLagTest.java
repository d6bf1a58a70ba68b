package dev.diptych.api.nodes;

import static dev.diptych.api.support.ReadyCheck.awaitReady;
import static dev.diptych.api.support.ReadyCheck.failed;
import static dev.diptych.api.support.ReadyCheck.ready;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.Diptych;
import dev.diptych.api.NodeState;
import dev.diptych.api.Role;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OrderClient;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.store.postgres.faults.Standby;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node that reads a standby says about how far that is behind. */
@Tag("full")
class ReplicaLagTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final double LIMIT_SECONDS = LIMIT.toMillis() / 1_000.0;

    private ReplicatedStore store;
    private Standby standby;
    private Diptych primary;
    private Diptych reader;
    private OrderClient writing;
    private OrderClient reading;

    @BeforeEach
    void start(@TempDir Path directory) {
        store = ReplicatedStore.create(directory);
        standby = store.standby();
        primary = store.start(Role.WRITE, Role.PROJECT);
        reader = ReplicatedStore.startOn(standby.server(), opened -> opened.withMaxReplicaLag(LIMIT), Role.READ);
        writing = OrderClient.of(primary);
        reading = OrderClient.of(reader);
        reading.find(writing.place("first"));
    }

    @AfterEach
    void close() {
        reading.close();
        writing.close();
        reader.close();
        primary.close();
        store.close();
    }

    @Test
    void a_frozen_replica_is_told_from_an_idle_primary() {
        Waiting.until(
                "the last event is older than the limit",
                () -> store.query("SELECT clock_timestamp() - max(recorded_at) > interval '" + LIMIT.toMillis()
                                + " ms' FROM diptych.events")
                        .equals(List.of("t")));
        Waiting.until(
                "the lag is short, though nothing was written",
                () -> metric("diptych_replica_lag_seconds") < LIMIT_SECONDS);
        awaitReady(reader);
        assertThat(replica(ready(reader)).get("position").asLong()).isEqualTo(1);

        standby.pauseReplay();
        awaitFrozen();
        standby.resumeReplay();
        awaitReady(reader);

        standby.cutReplication();
        writing.place("second");
        awaitFrozen();
        standby.restoreReplication();
        awaitReady(reader);

        standby.replication().freeze(); // the standby still has a connection
        awaitFrozen();
        standby.cutReplication();
        standby.restoreReplication();
        awaitReady(reader);
    }

    private void awaitFrozen() {
        Waiting.untilAsserted("the node is not ready", () -> {
            Http.Answer answer = ready(reader);
            assertThat(failed(answer)).containsExactly("replica");
            assertThat(replica(answer).get("lag_seconds").asDouble()).isGreaterThan(LIMIT_SECONDS);
        });
        assertThat(metric("diptych_replica_lag_seconds")).isGreaterThan(LIMIT_SECONDS);
        assertThat(reading.get("/orders/first").status())
                .as("it still answers queries")
                .isEqualTo(200);
    }

    @Test
    void the_lag_in_positions_is_the_difference_between_two_nodes() {
        try (Diptych both = ReplicatedStore.start(
                Map.of(Role.PROJECT, store.url(), Role.READ, standby.server().url("postgres")))) {
            standby.pauseReplay();
            writing.place("second");
            writing.place("third");
            assertThat(metric(primary, "diptych_head_position")).isEqualTo(3);
            assertThat(metric("diptych_replica_position")).isEqualTo(1);
            JsonNode replica = replica(ready(both));
            assertThat(replica.get("position").asLong()).isEqualTo(1);
            assertThat(replica.get("lag_positions").asLong()).isEqualTo(2);
            assertThat(replica(ready(reader)).has("lag_positions"))
                    .as("a standby does not know the head of its primary")
                    .isFalse();
        }
    }

    @Test
    void the_lag_is_unknown_while_no_projection_is_to_run() {
        NodeState.runners(primary).forEach(ProjectionRunner::pause);
        awaitUnknown();
        NodeState.runners(primary).forEach(ProjectionRunner::resume);
        Waiting.until("the lag is known again", () -> replica(ready(reader)).has("lag_seconds"));
        primary.close();
        awaitUnknown();
    }

    private void awaitUnknown() {
        Waiting.untilAsserted("the lag is unknown", () -> {
            Http.Answer answer = ready(reader);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(replica(answer).has("lag_seconds")).isFalse();
            assertThat(metric("diptych_replica_lag_seconds")).isNaN();
        });
    }

    @Test
    void a_promoted_server_is_no_replica() {
        store.failOverTo(standby);
        Waiting.untilAsserted("the node reads a primary", () -> {
            Http.Answer answer = ready(reader);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().has("replica")).isFalse();
            assertThat(metric("diptych_replica_lag_seconds")).isZero();
        });
    }

    private static JsonNode replica(Http.Answer answer) {
        return answer.json().get("replica");
    }

    private double metric(String name) {
        return metric(reader, name);
    }

    private static double metric(Diptych node, String name) {
        try (var http = new Http(node.port())) {
            return http.get("/metrics")
                    .response()
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
