package dev.diptych.api.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Diptych;
import dev.diptych.api.Role;
import dev.diptych.api.launch.PostgresStore;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OrderClient;
import dev.diptych.api.support.Sse;
import dev.diptych.api.support.TestPostgres;
import dev.diptych.core.contract.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Streams that are open on a reading node while the history ends. */
class OpenStreamsTest {

    private static final int MANY = 20;

    private final String database = TestPostgres.freshDatabase();

    private Diptych writingNode() {
        return Diptych.start(TestPostgres.open(database), "127.0.0.1", 0);
    }

    private Diptych readingNode() {
        var access =
                new PostgresStore.Access(Optional.empty(), Map.of(Role.READ, TestPostgres.user(database, Role.READ)));
        return Diptych.start(PostgresStore.open("postgres", access), "127.0.0.1", 0);
    }

    /** Acts as a restore, after which the first writer that connects adds the history. */
    private String loseAnOrder(String id) {
        for (String table : List.of("order_list", "order_summaries")) {
            TestPostgres.query(
                    database, "DELETE FROM diptych." + table + " WHERE order_id = '" + id + "' RETURNING order_id");
        }
        return TestPostgres.query(database, "SELECT diptych.add_history()").getFirst();
    }

    @Test
    void every_open_stream_is_reset_and_continues_in_the_new_history() {
        List<Sse> streams = new ArrayList<>();
        try (var reading = readingNode();
                var readers = new Http(reading.port())) {
            String token;
            try (var writing = writingNode();
                    var writer = OrderClient.of(writing)) {
                writer.place("kept");
                token = writer.place("lost").header("Consistency-Token");
                IntStream.range(0, MANY)
                        .mapToObj(n -> n % 2 == 0 ? "/orders?after=" : "/orders/kept?after=")
                        .forEach(path -> streams.add(Sse.open(readers, path + token)));
                streams.add(Sse.open(readers, "/orders/lost?after=" + token));
                streams.forEach(Sse::awaitLive);
            }

            String history = loseAnOrder("lost");

            Waiting.until(
                    "every stream is live again",
                    () -> streams.stream()
                            .allMatch(stream -> since(stream, history).stream()
                                    .anyMatch(event -> event.name().equals("live"))));
            try (var writing = writingNode();
                    var writer = OrderClient.of(writing)) {
                writer.pay("kept");
                streams.stream().limit(MANY).forEach(stream -> {
                    Sse.Event paid = stream.await("row kept paid");
                    assertThat(paid.id()).endsWith("." + history);
                });
            }
            for (Sse stream : streams) {
                assertThat(since(stream, history))
                        .extracting(Sse.Event::told)
                        .doesNotContain("row lost placed")
                        .containsOnlyOnce("live");
            }
            assertThat(since(streams.getFirst(), history))
                    .extracting(Sse.Event::told)
                    .startsWith("reset", "row kept placed", "live")
                    .contains("row kept paid");
        } finally {
            streams.forEach(Sse::close);
        }
    }

    /** Returns the events after the announcement of a history. */
    private static List<Sse.Event> since(Sse stream, String history) {
        return stream.events().stream()
                .dropWhile(event -> !event.name().equals("reset")
                        || !event.json().path("history").asText().equals(history))
                .toList();
    }
}
