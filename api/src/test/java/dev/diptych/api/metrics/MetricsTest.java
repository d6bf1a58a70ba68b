package dev.diptych.api.metrics;

import static dev.diptych.api.support.OverHttp.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.diptych.api.NodeState;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OnEachStore;
import dev.diptych.api.support.Sse;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.projection.ProjectionRunner;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The metrics route. */
class MetricsTest extends OnEachStore {

    private List<String> scrape() {
        return get("/metrics").response().body().lines().toList();
    }

    private Map<String, Double> values() {
        return scrape().stream()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.lastIndexOf(' ')),
                        line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))));
    }

    private double value(String series) {
        return values().getOrDefault(series, Double.NaN);
    }

    @Test
    void commands_are_counted_by_name_and_outcome() {
        Map<String, Double> before = values();
        place("one");
        pay("one");
        pay("none");
        pay("one", "If-Match", tag(9));
        Map<String, Double> after = values();

        Map.of(
                        "diptych_command_duration_seconds_count{command=\"PlaceOrder\",outcome=\"accepted\"}",
                        1,
                        "diptych_command_duration_seconds_count{command=\"PayOrder\",outcome=\"accepted\"}",
                        1,
                        "diptych_command_duration_seconds_count{command=\"PayOrder\",outcome=\"not-found\"}",
                        1,
                        "diptych_command_duration_seconds_count{command=\"PayOrder\",outcome=\"conflict\"}",
                        1,
                        "diptych_command_conflicts_total{command=\"PayOrder\"}",
                        1,
                        "diptych_command_retries_total{command=\"PayOrder\"}",
                        0,
                        "diptych_append_duration_seconds_count{outcome=\"appended\"}",
                        2,
                        "diptych_load_duration_seconds_count{outcome=\"loaded\"}",
                        2,
                        "diptych_http_request_duration_seconds_count"
                                + "{method=\"POST\",route=\"/orders/{order_id}/pay\",status=\"412\"}",
                        1)
                .forEach((series, times) -> assertThat(after.get(series) - before.getOrDefault(series, 0.0))
                        .as(series)
                        .isEqualTo(times.doubleValue()));
    }

    @Test
    void requests_with_arbitrary_values_add_no_time_series() {
        get("/orders/an-id-of-mine");
        get("/a-path-of-mine");
        http.send(http.request("/orders").method("MINE", BodyPublishers.noBody()));
        assertThat(scrape())
                .noneMatch(line -> line.contains("mine") || line.contains("MINE"))
                .anyMatch(line -> line.contains("route=\"none\",status=\"404\""));
    }

    @Test
    void a_paused_projection_shows_its_lag_and_its_waiting_queries() {
        pause();
        String place = place("unseen").header("Location");
        assertThat(get(place, "Prefer", "wait=1").status()).isEqualTo(503);

        assertThat(value("diptych_projection_state{projection=\"order-list\",state=\"paused\"}"))
                .isEqualTo(1);
        assertThat(value("diptych_projection_state{projection=\"order-list\",state=\"running\"}"))
                .isZero();
        assertThat(value("diptych_projection_lag_positions{projection=\"order-list\"}"))
                .isEqualTo(1);
        assertThat(value("diptych_projection_lag_seconds{projection=\"order-list\"}"))
                .isGreaterThan(0.9);
        assertThat(value("diptych_view_lag_positions{projection=\"order-list\"}"))
                .isEqualTo(1);
        assertThat(value("diptych_query_wait_duration_seconds_count"
                        + "{outcome=\"timed-out\",projection=\"order-summaries\"}"))
                .isEqualTo(1);

        NodeState.runners(diptych).forEach(ProjectionRunner::resume);
        assertThat(get(place, "Prefer", "wait=20").status()).isEqualTo(200);
        assertThat(value("diptych_projection_batch_events_count{projection=\"order-summaries\"}"))
                .isPositive();
        assertThat(value("diptych_projection_batch_duration_seconds_count{projection=\"order-summaries\"}"))
                .isPositive();
    }

    @Test
    void open_streams_are_counted() {
        try (Sse stream = Sse.open(http, "/orders")) {
            stream.head();
            assertThat(value("diptych_streams_open")).isEqualTo(1);
        }
        Waiting.until("the stream is closed", () -> {
            place(UUID.randomUUID().toString()); // who is gone is missed when there is something to tell
            return value("diptych_streams_open") == 0;
        });
    }

    @Test
    void the_response_is_the_prometheus_text_format() {
        Http.Answer answer = get(
                "/metrics",
                "Accept",
                "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2");
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.response().body()).contains("\njvm_memory_used_bytes{");
        problem(get("/metrics", "Accept", "application/json"), 406, "/problems/not-acceptable");
        problem(get("/metrics?name=x"), 400, "/problems/invalid-parameters");
    }

    @Test
    void a_gauge_of_another_kind_or_with_other_labels_than_its_own_is_refused() {
        try (var metrics = new Metrics()) {
            assertThatIllegalArgumentException().isThrownBy(() -> metrics.gauge(Metric.COMMAND_RETRIES, () -> 1, "A"));
            assertThatIllegalArgumentException().isThrownBy(() -> metrics.gauge(Metric.STREAMS_OPEN, () -> 1, "A"));
        }
    }
}
