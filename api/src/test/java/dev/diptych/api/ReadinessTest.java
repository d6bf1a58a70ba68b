package dev.diptych.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether the API says of itself that it can serve. */
class ReadinessTest {

    @Test
    void it_is_not_ready_once_a_projection_has_failed_and_says_which_and_why() {
        try (var diptych = Diptych.start(MemoryStore.open(), "127.0.0.1", 0)) {
            Http http = new Http(diptych.port());
            assertThat(http.get("/health/ready").status()).isEqualTo(200);

            var unknown = new NewEvent("nobody-knows-this", 1, "{}", "{}");
            diptych.store()
                    .write()
                    .orElseThrow()
                    .events()
                    .append(StreamName.of("order", "o"), ExpectedVersion.any(), List.of(unknown));

            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                Http.Answer answer = http.get("/health/ready");
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.json().path("type").asText()).isEqualTo("/problems/not-ready");
                assertThat(answer.json().path("detail").asText())
                        .contains("order-list", "order-summaries", "nobody-knows-this");
            });
        }
    }
}
