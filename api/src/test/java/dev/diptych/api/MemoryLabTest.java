package dev.diptych.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.http.server.Listening;
import dev.diptych.api.launch.MemoryStore;
import dev.diptych.core.contract.Waiting;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MemoryLabTest extends LabSpecs {
    @Override
    Store open() {
        return MemoryStore.open();
    }

    /** Often enough that the pauses of 5 seconds add up to more than the slowest machine needs without them. */
    @Test
    void a_projection_that_is_being_slowed_down_stops_at_once() {
        assertThat(Stream.generate(this::timeToStopInAPause).limit(8).reduce(Duration.ZERO, Duration::plus))
                .isLessThan(Duration.ofSeconds(30));
    }

    private Duration timeToStopInAPause() {
        long begin;
        try (Diptych other = Diptych.start(open(), Listening.here(), true);
                var client = new Http(other.port())) {
            client.post("/lab/projections/order-list/slow", "{\"delay_ms\":5000}");
            client.post("/orders", "{\"order_id\":\"late\",\"customer_id\":\"c\"," + ITEMS + "}");
            Waiting.until("the others have it", () -> client.get("/orders/late").status() == 200);
            begin = System.nanoTime();
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
