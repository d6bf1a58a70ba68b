package dev.diptych.api.nodes;

import static dev.diptych.api.support.OverHttp.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Diptych;
import dev.diptych.api.NodeState;
import dev.diptych.api.Role;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OrderClient;
import dev.diptych.core.contract.Waiting;
import dev.diptych.store.postgres.faults.Standby;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients write on the primary and read on a standby. */
class ReplicaReadsTest {

    @Test
    void a_token_waits_for_replay_and_gets_503_at_its_deadline(@TempDir Path directory) throws Exception {
        try (ReplicatedStore store = ReplicatedStore.create(directory)) {
            Standby standby = store.standby();
            try (Diptych writer = store.start(Role.WRITE, Role.PROJECT);
                    Diptych reader = ReplicatedStore.startOn(standby.server(), Role.READ);
                    OrderClient writing = OrderClient.of(writer);
                    Http reading = new Http(reader.port())) {
                standby.pauseReplay();
                String unseen = writing.place("o").header("Location");
                assertThat(reading.get("/orders/o").status())
                        .as("without a token")
                        .isEqualTo(404);
                long begin = System.nanoTime();
                problem(reading.get(unseen, "Prefer", "wait=1"), 503, "/problems/not-yet-visible");
                assertThat(System.nanoTime() - begin).isBetween(900_000_000L, 20_000_000_000L);

                var waiting = CompletableFuture.supplyAsync(() -> reading.get(unseen, "Prefer", "wait=30"));
                Waiting.until("the query waits", () -> NodeState.waiting(reader) == 1);
                standby.resumeReplay();
                assertThat(waiting.get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void no_read_is_stale_from_the_moment_of_promotion_on(@TempDir Path directory) throws Exception {
        roundTrips(directory, 200);
    }

    @Test
    @Tag("full")
    void no_read_is_stale_in_10_000_round_trips(@TempDir Path directory) throws Exception {
        roundTrips(directory, 10_000);
    }

    /** In the middle, the primary is killed, the first standby is promoted, and the second one follows it. */
    private static void roundTrips(Path directory, int count) throws Exception {
        try (ReplicatedStore store = ReplicatedStore.create(directory)) {
            Standby promoted = store.standby();
            Standby other = store.standby();
            try (Diptych writer = store.start(Role.WRITE, Role.PROJECT);
                    Diptych onPromoted = ReplicatedStore.startOn(promoted.server(), Role.READ);
                    Diptych onOther = ReplicatedStore.startOn(other.server(), Role.READ);
                    OrderClient writing = OrderClient.of(writer);
                    Http first = new Http(onPromoted.port());
                    Http second = new Http(onOther.port());
                    var trips = new RoundTrips(writing, List.of(first, second), count)) {
                trips.awaitFirstHalf();
                store.failOverTo(promoted, other);
                trips.promoted();
                assertThat(trips.stale()).as("reads that missed their writes").isEmpty();
            }
        }
    }
}
