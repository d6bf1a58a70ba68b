package dev.diptych.api.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Diptych;
import dev.diptych.api.Role;
import dev.diptych.api.launch.PostgresStore;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OnStore;
import dev.diptych.api.support.Sse;
import dev.diptych.api.support.TestPostgres;
import dev.diptych.core.contract.Waiting;
import dev.diptych.store.postgres.PostgresPool.Settings;
import dev.diptych.store.postgres.faults.Relay;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Event streams while the reader's database is unavailable. */
class StreamTroubleTest {

    @Test
    void a_client_that_reconnects_misses_no_change_during_an_outage() throws Exception {
        Settings direct = TestPostgres.owner(TestPostgres.freshDatabase());
        int port = URI.create(direct.url().substring("jdbc:".length())).getPort();
        try (var relay = Relay.to(port)) {
            Settings reader = Settings.of(
                            direct.url().replace(":" + port + "/", ":" + relay.port() + "/"),
                            direct.user(),
                            direct.password(),
                            "reader")
                    .withTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(30));
            var access = new PostgresStore.Access(
                    Optional.empty(), Map.of(Role.WRITE, direct, Role.PROJECT, direct, Role.READ, reader));
            try (var diptych = Diptych.start(PostgresStore.open("postgres", access), "127.0.0.1", 0);
                    var http = new Http(diptych.port())) {
                seesEverything(http, relay);
            }
        }
    }

    private static void seesEverything(Http http, Relay relay) throws Exception {
        List<String> told = new ArrayList<>();
        place(http, "before");
        Sse stream = Sse.open(http, "/orders");
        stream.await("row before placed");
        String last = stream.awaitLive().id();
        relay.cut();
        place(http, "meanwhile");
        assertThat(http.get("/orders/before").status()).isEqualTo(503);
        relay.mend();
        Waiting.until("the readers' database", () -> http.get("/orders/before").status() == 200);
        place(http, "after");
        while (!told.contains("row after placed")) {
            Sse current = stream;
            Waiting.until(
                    "news or an end", () -> current.hasEnded() || current.told().contains("row after placed"));
            told.addAll(current.told());
            current.close();
            stream = Sse.open(http, "/orders", "Last-Event-ID", last);
        }
        stream.close();
        assertThat(told).contains("row before placed", "row meanwhile placed", "row after placed");
    }

    private static void place(Http http, String id) {
        String order = "{\"order_id\":\"" + id + "\",\"customer_id\":\"c\"," + OnStore.ITEMS + "}";
        assertThat(http.post("/orders", order).status()).isEqualTo(202);
    }
}
