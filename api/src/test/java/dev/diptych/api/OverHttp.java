package dev.diptych.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.launch.MemoryStore;
import dev.diptych.core.contract.Waiting;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A server of its own for each class of tests, on the memory store. */
abstract class OverHttp {

    static Diptych diptych;
    static Http http;

    @BeforeAll
    static void start() {
        diptych = Diptych.start(MemoryStore.open(), "127.0.0.1", 0);
        http = new Http(diptych.port());
    }

    @AfterAll
    static void stop() {
        http.close();
        diptych.close();
    }

    /** What is answered once the projection has got that far. */
    static JsonNode awaitVersion(String path, String id, int version) {
        return Waiting.until(
                        path + id + " at version " + version,
                        () -> http.get(path + id),
                        answer -> answer.status() == 200
                                && answer.json().get("version").asInt() >= version)
                .json();
    }

    /** Asserts that an answer is a problem of this type, in the form that every problem has. */
    static void problem(Http.Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().get("type").asText()).isEqualTo(type);
        assertThat(answer.json().get("status").asInt()).isEqualTo(status);
        assertThat(answer.json().get("title").asText()).isNotBlank();
        assertThat(answer.json().get("detail").asText()).isNotBlank();
    }

    /** One member of each of the faults of a problem. */
    static List<String> errors(Http.Answer answer, String member) {
        return StreamSupport.stream(answer.json().get("errors").spliterator(), false)
                .map(error -> error.get(member).asText())
                .toList();
    }
}
