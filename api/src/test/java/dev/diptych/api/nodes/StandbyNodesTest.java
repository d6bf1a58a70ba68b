package dev.diptych.api.nodes;

import static dev.diptych.api.support.ReadyCheck.awaitReady;
import static dev.diptych.api.support.ReadyCheck.failed;
import static dev.diptych.api.support.ReadyCheck.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Diptych;
import dev.diptych.api.Role;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OrderClient;
import dev.diptych.core.contract.Waiting;
import dev.diptych.store.postgres.faults.Standby;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes with the role write on a standby are ready once it is promoted. */
@Tag("full")
class StandbyNodesTest {

    @Test
    void writing_nodes_are_ready_once_their_standby_is_promoted(@TempDir Path directory) {
        try (ReplicatedStore store = ReplicatedStore.create(directory)) {
            Standby standby = store.standby();
            try (Diptych writer = ReplicatedStore.startOn(standby.server(), Role.WRITE);
                    Diptych projector = ReplicatedStore.startOn(standby.server(), Role.PROJECT);
                    Diptych reader = ReplicatedStore.startOn(standby.server(), Role.READ);
                    OrderClient writing = OrderClient.of(writer);
                    OrderClient reading = OrderClient.of(reader)) {
                awaitReady(reader);
                awaitFailed(writer, "store-write");
                awaitFailed(projector, "store-project");
                assertThat(writing.place("refused").status()).isEqualTo(503);

                store.primary().kill();
                standby.server().promote();
                Http.Answer placed = writing.placeUntilAccepted("accepted");
                reading.find(placed);
                awaitReady(writer);
                awaitReady(projector);
            }
        }
    }

    private static void awaitFailed(Diptych node, String check) {
        Waiting.untilAsserted("the node is not ready, and says why", () -> {
            Http.Answer answer = ready(node);
            assertThat(failed(answer)).contains(check);
            assertThat(answer.json().path("detail").asText()).containsPattern("standby|read-only|cannot write");
        });
    }
}
