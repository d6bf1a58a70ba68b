package dev.diptych.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.diptych.api.http.Listening;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryLabTest extends LabSpecs {
    @Override
    Store open() {
        return MemoryStore.open();
    }

    @Test
    void a_projection_that_is_being_slowed_down_stops_at_once() {
        Store store = open();
        Diptych other = Diptych.start(store, Listening.here(), true);
        var client = new Http(other.port());
        client.post("/lab/projections/order-list/slow", "{\"delay_ms\":5000}");
        client.post("/orders", "{\"order_id\":\"late\",\"customer_id\":\"c\"," + ITEMS + "}");
        await("the others have it").until(() -> client.get("/orders/late").status() == 200);
        long begin = System.nanoTime();
        other.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
    }
}
