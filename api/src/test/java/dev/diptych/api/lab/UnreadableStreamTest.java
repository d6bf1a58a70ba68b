package dev.diptych.api.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.Diptych;
import dev.diptych.api.http.server.Listening;
import dev.diptych.api.launch.MemoryStore;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OnStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lab routes also show events that cannot be decoded. */
class UnreadableStreamTest {

    @Test
    void events_are_shown_with_states_up_to_the_unreadable_one() {
        try (var diptych = Diptych.start(MemoryStore.open(), Listening.here(), true);
                var http = new Http(diptych.port())) {
            http.post("/orders", "{\"order_id\":\"o\",\"customer_id\":\"c\"," + OnStore.ITEMS + "}");
            var event = new NewEvent("order-from-the-future", 1, "{\"seen\":true}", "{}");
            diptych.store().events().append(StreamName.of("order", "o"), ExpectedVersion.any(), List.of(event));
            JsonNode items = http.get("/lab/streams/order-o").json().get("items");
            assertThat(items.get(0).at("/state/status").asText()).isEqualTo("PLACED");
            assertThat(items.get(1).at("/payload/seen").asBoolean()).isTrue();
            assertThat(items.get(1).path("state").asText("")).isIn("", "null");
        }
    }
}
