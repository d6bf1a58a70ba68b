package dev.diptych.api;

import static dev.diptych.api.OverHttp.problem;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Prometheus reads what was counted and timed. */
class MetricsTest {

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

        @Test
        void commands_are_counted_by_their_name_and_how_they_ended() {
            place("one");
            pay("one");
            pay("none");

            assertThat(get("/metrics").response().body().lines())
                    .contains(
                            "diptych_command_duration_seconds_count{command=\"PlaceOrder\",outcome=\"accepted\"} 1",
                            "diptych_command_duration_seconds_count{command=\"PayOrder\",outcome=\"accepted\"} 1",
                            "diptych_command_duration_seconds_count{command=\"PayOrder\",outcome=\"not-found\"} 1");
        }

        @Test
        void it_is_the_text_that_prometheus_asks_for() {
            Http.Answer answer = get(
                    "/metrics",
                    "Accept",
                    "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2");
            assertThat(answer.header("Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
            problem(get("/metrics", "Accept", "application/json"), 406, "/problems/not-acceptable");
            problem(get("/metrics?name=x"), 400, "/problems/invalid-parameters");
        }
    }
}
