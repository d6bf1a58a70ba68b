package dev.diptych.api.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Diptych;
import dev.diptych.api.Role;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OrderClient;
import dev.diptych.store.postgres.faults.Standby;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader's URL names two servers, one of which lags: a view's checkpoint and rows come from the same server. */
@Tag("full")
class TwoReadServersTest {

    @Test
    void a_client_reads_its_own_writes_or_receives_503(@TempDir Path directory) {
        try (ReplicatedStore store = ReplicatedStore.create(directory)) {
            Standby standby = store.standby();
            String both = store.url()
                    .replaceFirst(
                            "(//127\\.0\\.0\\.1:\\d+)/",
                            "$1,127.0.0.1:" + standby.server().port() + "/");
            var urls = Map.of(
                    Role.WRITE, store.url(), Role.PROJECT, store.url(), Role.READ, both + "&loadBalanceHosts=true");
            try (Diptych node = ReplicatedStore.start(urls);
                    OrderClient client = OrderClient.of(node)) {
                standby.pauseReplay();
                List<Http.Answer> placed = IntStream.range(0, 40)
                        .mapToObj(i -> client.place("o-" + i))
                        .toList();
                // At once, so that they use connections to both servers.
                List<Integer> statuses = placed.parallelStream()
                        .map(each -> client.get(each.header("Location"), "Prefer", "wait=1")
                                .status())
                        .toList();
                assertThat(statuses).isSubsetOf(200, 503);

                standby.resumeReplay();
                standby.awaitCaughtUp(store.primary());
                placed.forEach(client::find);
            }
        }
    }
}
