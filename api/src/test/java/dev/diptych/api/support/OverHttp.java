package dev.diptych.api.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.Diptych;
import dev.diptych.api.launch.MemoryStore;
import dev.diptych.core.contract.Waiting;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A server on the memory store for each test class. */
public abstract class OverHttp {

    protected static Diptych diptych;
    protected static Http http;

    @BeforeAll
    protected static void start() {
        diptych = Diptych.start(MemoryStore.open(), "127.0.0.1", 0);
        http = new Http(diptych.port());
    }

    @AfterAll
    protected static void stop() {
        http.close();
        diptych.close();
    }

    /** Returns the response once the projection has reached the position. */
    protected static JsonNode awaitVersion(String path, String id, int version) {
        return Waiting.until(
                        path + id + " at version " + version,
                        () -> http.get(path + id),
                        answer -> answer.status() == 200
                                && answer.json().get("version").asInt() >= version)
                .json();
    }

    /** Asserts that a response is a well-formed problem of this type. */
    public static void problem(Http.Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().get("type").asText()).isEqualTo(type);
        assertThat(answer.json().get("status").asInt()).isEqualTo(status);
        assertThat(answer.json().get("title").asText()).isNotBlank();
        assertThat(answer.json().get("detail").asText()).isNotBlank();
    }

    /** Returns one member of each error of a problem. */
    public static List<String> errors(Http.Answer answer, String member) {
        return StreamSupport.stream(answer.json().get("errors").spliterator(), false)
                .map(error -> error.get(member).asText())
                .toList();
    }
}
