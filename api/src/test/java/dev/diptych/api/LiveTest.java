package dev.diptych.api;

import static dev.diptych.api.OverHttp.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.projection.ProjectionRunner;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Orders as streams of events: the current rows, and then each again whenever it has changed. */
class LiveTest {

    @Nested
    class OnMemory extends Specs {
        @Override
        Store open() {
            return MemoryStore.open();
        }
    }

    @Nested
    class OnPostgres extends Specs {
        @Override
        Store open() {
            return TestPostgres.fresh();
        }
    }

    abstract static class Specs extends OnStore {

        @AfterEach
        void goOn() {
            diptych.runners().forEach(ProjectionRunner::resume);
        }

        private Sse follow(String path, String... headers) {
            return Sse.open(http, path, headers);
        }

        @Test
        void an_order_is_told_as_it_is_and_then_whenever_it_has_changed() {
            String token = place("one").header("Consistency-Token");
            try (Sse stream = follow("/orders/one", "Consistency-Token", token)) {
                Sse.Event live = stream.awaitLive();
                assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
                assertThat(stream.header("Vary")).isEqualTo("Accept");
                assertThat(stream.header("Cache-Control")).isEqualTo("no-store");
                assertThat(stream.header("X-Accel-Buffering")).isEqualTo("no");
                assertThat(live.json().path("position").asText()).isEqualTo(live.id());
                place("another");
                pay("one");
                Sse.Event paid = stream.await("row one paid");
                assertThat(paid.json()).isEqualTo(get("/orders/one").json());
                assertThat(Long.parseLong(paid.id())).isGreaterThan(Long.parseLong(live.id()));
                assertThat(stream.told()).containsExactly("row one placed", "row one paid");
            }
        }

        @Test
        void a_list_is_told_as_it_is_and_then_whatever_has_changed_in_it() {
            place("l-1");
            String token = place("l-2").header("Consistency-Token");
            try (Sse stream = follow("/orders?after=" + token)) {
                stream.awaitLive();
                assertThat(stream.told()).contains("row l-1 placed", "row l-2 placed");
                place("l-3");
                pay("l-1");
                assertThat(stream.await("row l-1 paid")
                                .json()
                                .path("item_count")
                                .asInt())
                        .isEqualTo(1);
                stream.await("row l-3 placed");
            }
        }

        @Test
        void an_order_that_is_not_there_is_404() {
            try (Sse stream = follow("/orders/none")) {
                assertThat(stream.head().statusCode()).isEqualTo(404);
            }
        }

        @Test
        void what_cannot_be_is_400() {
            String[] stream = {"Accept", "text/event-stream"};
            problem(get("/orders?cursor=x", stream), 400, "/problems/invalid-parameters");
            problem(get("/orders?last_event_id=abc", stream), 400, "/problems/invalid-parameters");
            problem(get("/orders?last_event_id=1"), 400, "/problems/invalid-parameters");
            for (String id : List.of("abc", "-1", "01", "1.0", "999999999999999999", "9999999999999999999")) {
                problem(
                        get("/orders", "Accept", "text/event-stream", "Last-Event-ID", id),
                        400,
                        "/problems/invalid-headers");
            }
        }
    }
}
