package dev.diptych.api.nodes;

import static dev.diptych.api.support.ProjectionAnswers.awaitProjection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Diptych;
import dev.diptych.api.Role;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OrderClient;
import dev.diptych.core.contract.Waiting;
import dev.diptych.store.postgres.faults.Standby;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rebuild on the primary, while a standby answers queries. */
@Tag("full")
class StandbyRebuildTest {

    private static final int ORDERS = 50;

    @Test
    void a_standby_never_shows_an_empty_or_an_older_view(@TempDir Path directory) throws Exception {
        try (ReplicatedStore store = ReplicatedStore.create(directory)) {
            Standby standby = store.standby();
            try (Diptych primary = store.start(Role.WRITE, Role.PROJECT);
                    Diptych reader = ReplicatedStore.startOn(standby.server(), Role.READ);
                    OrderClient writing = OrderClient.of(primary);
                    Http operating = new Http(primary.port());
                    Http reading = new Http(reader.port())) {
                String token = "";
                for (int i = 0; i < ORDERS; i++) {
                    token = writing.place("o-" + i).header("Consistency-Token");
                }
                assertThat(get(reading, token).status()).isEqualTo(200);
                askDuringRebuilds(reading, operating, writing, token);
                Waiting.until(
                        "the standby shows the last copy",
                        () -> reading.get("/orders/o-0").header("ETag").endsWith(".6\""));
            }
        }
    }

    private static Http.Answer get(Http reading, String token) {
        return reading.get("/orders?limit=200&after=" + token, "Prefer", "wait=30");
    }

    private static void askDuringRebuilds(Http reading, Http operating, OrderClient writing, String token)
            throws Exception {
        var rebuilding = new AtomicBoolean(true);
        var asking = CompletableFuture.runAsync(() -> {
            long last = 0;
            do {
                Http.Answer list = get(reading, token);
                assertThat(list.json().get("items").size()).isGreaterThanOrEqualTo(ORDERS);
                long position = Long.parseLong(list.header("Projection-Position"));
                assertThat(position).as("the checkpoint of the answer").isGreaterThanOrEqualTo(last);
                last = position;
            } while (rebuilding.get());
        });
        try {
            for (int i = 0; i < 5; i++) {
                for (String projection : List.of("order-list", "order-summaries")) {
                    assertThat(operating
                                    .post("/projections/" + projection + "/rebuild", "")
                                    .status())
                            .isEqualTo(202);
                    writing.place("meanwhile-" + projection + i);
                    awaitProjection(operating, projection, "the copy serves", each -> !each.has("rebuild"));
                }
            }
        } finally {
            rebuilding.set(false);
        }
        asking.get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
