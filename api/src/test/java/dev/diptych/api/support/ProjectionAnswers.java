package dev.diptych.api.support;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.core.contract.Waiting;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** What a node answers to {@code GET /projections}. */
public final class ProjectionAnswers {

    private ProjectionAnswers() {}

    /** Returns a projection once it meets the condition. */
    public static JsonNode awaitProjection(Http http, String name, String sentence, Predicate<JsonNode> condition) {
        return Waiting.until(name + " " + sentence, () -> projection(http, name), condition);
    }

    private static JsonNode projection(Http http, String name) {
        return StreamSupport.stream(http.get("/projections").json().get("items").spliterator(), false)
                .filter(each -> each.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    public static Predicate<JsonNode> state(String state) {
        return projection -> projection.get("state").asText().equals(state);
    }
}
