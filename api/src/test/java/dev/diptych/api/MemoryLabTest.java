package dev.diptych.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.diptych.api.http.Listening;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MemoryLabTest extends LabSpecs {
    @Override
    Store open() {
        return MemoryStore.open();
    }

    @Test
    void a_projection_that_is_being_slowed_down_stops_at_once() {
        assertThat(Stream.generate(this::timeToStopInAPause)
                        .limit(3) // one of them may meet a busy moment of the machine, as long as not all do
                        .anyMatch(time -> time.compareTo(Duration.ofSeconds(4)) < 0))
                .as("whether it stops within less than the pause of 5 seconds")
                .isTrue();
    }

    private Duration timeToStopInAPause() {
        long begin;
        try (Diptych other = Diptych.start(open(), Listening.here(), true)) {
            var client = new Http(other.port());
            client.post("/lab/projections/order-list/slow", "{\"delay_ms\":5000}");
            client.post("/orders", "{\"order_id\":\"late\",\"customer_id\":\"c\"," + ITEMS + "}");
            await("the others have it")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> client.get("/orders/late").status() == 200);
            begin = System.nanoTime();
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
