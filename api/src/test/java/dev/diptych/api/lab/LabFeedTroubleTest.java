package dev.diptych.api.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.http.access.Side;
import dev.diptych.api.http.server.EventStreams;
import dev.diptych.api.http.server.HttpServer;
import dev.diptych.api.http.server.Listening;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.Sse;
import dev.diptych.core.StoredEvents;
import dev.diptych.core.contract.DelegatingEventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.store.memory.MemoryEventStore;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The feed of a store that cannot be reached, or whose past has changed. */
class LabFeedTroubleTest {

    private final MemoryEventStore store = new MemoryEventStore();
    private volatile Optional<String> another = Optional.empty();
    private volatile boolean unavailable;

    private final LabFeed feed = new LabFeed(
            new DelegatingEventStore(store) {
                @Override
                public EventPage readAll(long afterPosition, int limit) {
                    if (unavailable) {
                        throw new StoreUnavailableException("planted", false, null);
                    }
                    EventPage page = store.readAll(afterPosition, limit);
                    return new EventPage(page.events(), another.orElse(page.history()));
                }
            },
            StoredEvents.codec(),
            new LabFeed.Sources(List::of, List.of(), List::of, new HeldAppend(atMost -> store.holdReaders())),
            EventStreams.Limits.DEFAULT);

    private HttpServer server;
    private Http http;

    @BeforeEach
    void start() {
        server = HttpServer.start(
                Listening.here(),
                routes -> routes.of(Side.OPERATIONS).follow("/lab/feed", feed::serve),
                (method, route, status, took) -> {});
        http = new Http(server.port());
        feed.start();
        append();
    }

    @AfterEach
    void stop() {
        http.close();
        feed.close();
        server.close();
    }

    private void append() {
        store.append(
                new StreamName("s"), ExpectedVersion.any(), List.of(new NewEvent("from-the-future", 1, "{}", "{}")));
    }

    private Sse open() {
        Sse stream = Sse.open(http, "/lab/feed");
        stream.await("an event", event -> event.name().equals("appended"));
        return stream;
    }

    @Test
    void another_history_is_sent_from_the_start() {
        try (Sse stream = open()) {
            another = Optional.of("another");
            append();
            stream.await("the event", event -> event.id().equals("2.another"));
            assertThat(stream.names())
                    .startsWith("state", "appended", "state", "reset", "appended")
                    .containsOnlyOnce("reset");
            assertThat(stream.events().stream()
                            .filter(event -> event.name().equals("state"))
                            .map(event -> event.json().get("history").asText()))
                    .containsExactly(store.history(), "another");
        }
    }

    @Test
    void a_stream_ends_when_the_store_is_unavailable() {
        try (Sse stream = open()) {
            unavailable = true;
            stream.awaitEnd();
            assertThat(stream.events().getLast().data()).isEqualTo("{\"reason\":\"the store is unavailable\"}");
        }
        unavailable = false;
        try (Sse again = open()) {
            assertThat(again.names()).startsWith("state");
        }
    }

    @Test
    void an_event_that_cannot_be_decoded_is_sent_as_it_is() {
        store.append(
                new StreamName("automation-x/y"),
                ExpectedVersion.any(),
                List.of(new NewEvent("automation-item-of-the-future", 1, "{\"seen\":true}", "{}")));
        try (Sse stream = open()) {
            append();
            stream.await("the last event", event -> event.id().equals("3." + store.history()));
            assertThat(stream.names()).containsOnly("state", "appended", "horizon");
        }
    }
}
