package dev.diptych.api;

import static dev.diptych.api.OrderClient.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.launch.MemoryStore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A store in memory begins another history with each start, in which the same positions are given out again. */
class StreamAfterRestartTest {

    @Test
    void a_stream_that_is_resumed_with_an_id_of_before_begins_with_reset_and_all_rows() {
        String before = lastIdOfAnotherLife();
        try (Diptych diptych = Diptych.start(MemoryStore.open(), "127.0.0.1", 0);
                OrderClient client = OrderClient.of(diptych)) {
            String token = "";
            for (int i = 0; i < 8; i++) {
                token = token(client.place("new-" + i));
            }
            try (Sse resumed = Sse.open(client.http(), "/orders?after=" + token, "Last-Event-ID", before)) {
                resumed.awaitLive();
                assertThat(resumed.names()).startsWith("reset", "row");
                assertThat(resumed.told())
                        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 8)
                                .mapToObj(i -> "row new-" + i + " placed")
                                .toList());
            }
        }
    }

    private static String lastIdOfAnotherLife() {
        try (Diptych diptych = Diptych.start(MemoryStore.open(), "127.0.0.1", 0);
                OrderClient client = OrderClient.of(diptych)) {
            String token = "";
            for (int i = 0; i < 5; i++) {
                token = token(client.place("old-" + i));
            }
            try (Sse stream = Sse.open(client.http(), "/orders?after=" + token)) {
                return stream.awaitLive().id();
            }
        }
    }
}
