package dev.diptych.api.support;

import static dev.diptych.api.support.OverHttp.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Diptych;
import dev.diptych.core.contract.Waiting;
import java.util.List;
import java.util.stream.StreamSupport;

/** What a node answers to {@code GET /health/ready}. */
public final class ReadyCheck {

    private ReadyCheck() {}

    public static Http.Answer ready(Diptych node) {
        try (var http = new Http(node.port())) {
            return http.get("/health/ready");
        }
    }

    public static void awaitReady(Diptych node) {
        Waiting.untilAsserted("the node is ready", () -> {
            Http.Answer answer = ready(node);
            assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        });
    }

    /** The names of the checks in an answer that are not ok. */
    public static List<String> failed(Http.Answer answer) {
        problem(answer, 503, "/problems/not-ready");
        return StreamSupport.stream(answer.json().get("checks").spliterator(), false)
                .filter(check -> !check.get("ok").asBoolean())
                .peek(check -> assertThat(answer.json().get("detail").asText())
                        .contains(check.get("why").asText()))
                .map(check -> check.get("name").asText())
                .toList();
    }
}
