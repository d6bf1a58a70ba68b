package dev.diptych.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.support.Http;
import dev.diptych.api.support.OnEachStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Eight concurrent clients repeatedly send a command and follow the location of its response. */
class RoundTripsTest extends OnEachStore {

    private static final int CLIENTS = 8;

    @Test
    void a_client_always_reads_its_own_write() throws Exception {
        roundTrips("few", 200);
    }

    @Test
    @Tag("full")
    void a_client_always_reads_its_own_write_in_10_000_round_trips() throws Exception {
        roundTrips("many", 10_000);
    }

    private void roundTrips(String name, int count) throws Exception {
        List<Callable<List<String>>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            String prefix = name + "-" + client + "-";
            clients.add(() -> missesOf(prefix, count / CLIENTS));
        }
        try (var pool = Executors.newFixedThreadPool(CLIENTS)) {
            for (Future<List<String>> misses : pool.invokeAll(clients)) {
                assertThat(misses.get()).as("writes that were missed").isEmpty();
            }
        }
    }

    private List<String> missesOf(String prefix, int count) {
        List<String> misses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = prefix + i / 2;
            Http.Answer written = i % 2 == 0 ? place(id) : pay(id);
            assertThat(written.status()).isEqualTo(202);
            Http.Answer seen = get(written.header("Location"), "Prefer", "wait=30");
            if (seen.status() != 200 || !seen.header("ETag").equals(written.header("ETag"))) {
                misses.add(id + ": " + seen.status() + " " + seen.response().body());
            }
        }
        return misses;
    }
}
