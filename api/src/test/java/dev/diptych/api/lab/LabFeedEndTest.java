package dev.diptych.api.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.Automations;
import dev.diptych.api.Diptych;
import dev.diptych.api.http.server.Listening;
import dev.diptych.api.launch.MemoryStore;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OnStore;
import dev.diptych.api.support.Sse;
import dev.diptych.core.automation.ItemCommand.ParkItem;
import dev.diptych.core.contract.ShiftedClock;
import dev.diptych.core.contract.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The feed of a node with automations, and the end of the node. */
class LabFeedEndTest {

    private static final String ORDER = "{\"order_id\":\"o\",\"customer_id\":\"c\"," + OnStore.ITEMS + "}";

    @Test
    void a_parked_item_is_sent_with_the_counts_of_its_automation() {
        var clock = new ShiftedClock();
        var store = MemoryStore.open(clock, new Automations(Optional.of(Duration.ofDays(14)), false));
        try (var node = Diptych.start(store, Listening.here(), true);
                var http = new Http(node.port());
                Sse feed = Sse.open(http, "/lab/feed")) {
            JsonNode state = feed.await("the state", event -> event.name().equals("state"))
                    .json();
            assertThat(state.at("/automations/0/name").asText()).isEqualTo("unpaid-orders");
            http.post("/orders", ORDER);
            awaitCounts(feed, 1, 0);
            long opened = store.events().head();
            node.commands().dispatch(new ParkItem("unpaid-orders", "o", opened, "it is planted", clock.instant()));
            JsonNode parked = feed.await("the item", event -> event.name().equals("parked"))
                    .json();
            assertThat(parked.get("automation").asText()).isEqualTo("unpaid-orders");
            assertThat(parked.get("key").asText()).isEqualTo("o");
            assertThat(parked.get("reason").asText()).isEqualTo("it is planted");
            assertThat(parked.get("at").asText()).endsWith("Z");
            awaitCounts(feed, 0, 1);
        }
    }

    private static void awaitCounts(Sse feed, int open, int parked) {
        feed.await(
                open + " open and " + parked + " parked items",
                event -> event.name().equals("automation")
                        && event.json().get("open").asInt() == open
                        && event.json().get("parked").asInt() == parked);
    }

    @Test
    void the_end_of_the_node_ends_streams_threads_and_the_held_append() {
        var store = MemoryStore.open();
        var node = Diptych.start(store, Listening.here(), true);
        try (var http = new Http(node.port())) {
            Sse feed = Sse.open(http, "/lab/feed");
            feed.await("the state", event -> event.name().equals("state"));
            http.post("/lab/appends/hold", "{\"seconds\":30}");
            http.post("/orders", ORDER);
            assertThat(threads()).containsExactlyInAnyOrder("lab-feed", "lab-held-append");
            node.close();
            feed.awaitEnd();
            assertThat(feed.events().getLast().data()).isEqualTo("{\"reason\":\"the server is shutting down\"}");
            Waiting.until("the threads have ended", () -> threads().isEmpty());
            assertThat(store.events().readAll(0, 1).events())
                    .as("the append has ended")
                    .hasSize(1);
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("lab-"))
                .toList();
    }
}
