package dev.diptych.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.NodeState;
import dev.diptych.api.description.AnswerCheck;
import dev.diptych.api.description.Description;
import dev.diptych.api.description.Examples;
import dev.diptych.api.http.problem.ProblemKind;
import dev.diptych.api.support.Http;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The description of the API by itself. */
class OpenApiDocumentTest {

    /** The rules that only commands of automations can break, which are no answers but reasons of parked items. */
    private static final Set<String> OF_AUTOMATIONS = Set.of("/problems/order-paid", "/problems/subscription-not-due");

    @Test
    void the_json_and_the_yaml_are_equal() throws IOException {
        assertThat(json()).isEqualTo(asJson(Description.API)).isNotEqualTo(asJson(Description.API.with("/more", "1")));
    }

    private static JsonNode json() throws IOException {
        try (InputStream in = Description.resource("openapi.json")) {
            return Http.JSON.readTree(in);
        }
    }

    /** Numbers that are read from YAML and from JSON are not of the same Java type. */
    private static JsonNode asJson(Description description) throws IOException {
        return Http.JSON.readTree(description.root().node().toString());
    }

    @Test
    void every_described_problem_type_exists() {
        assertThat(kinds(NodeState.problemKinds()))
                .as("kinds of problem, in RuleProblems for instance; openapi.yaml names more")
                .containsAllEntriesOf(Description.API.problems());
    }

    @Tag("full") // a rule whose command has no route yet is in no answer
    @Test
    void every_problem_type_is_described() {
        Map<String, List<Integer>> answered = kinds(NodeState.problemKinds());
        answered.keySet().removeAll(OF_AUTOMATIONS);
        assertThat(Description.API.problems()).isEqualTo(answered);
    }

    @Test
    void the_document_is_valid_openapi() {
        assertThat(AnswerCheck.API.documentFaults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/openapi, 3", "/paths/~1orders/post/responses, 2", "/components/schemas/Id/pattern, 1"})
    void an_invalid_document_is_detected(String pointer, String json) {
        assertThat(new AnswerCheck(Description.API.with(pointer, json)).documentFaults())
                .isNotEmpty();
    }

    @Test
    void every_valid_example_matches_its_schema() {
        assertThat(Examples.faults(Description.API)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/paths/~1orders/post/requestBody/content/application~1json/examples/done/value/order_id | 1",
                "/paths/~1orders/post/requestBody/content/application~1json/examples/not-valid/value/items/0"
                        + " | {\"sku\": \"a\", \"quantity\": 1, \"unit_price\": 1}",
                "/paths/~1orders~1{order_id}/get/responses/200/content/application~1json/examples/placed/value/more"
                        + " | 1",
                "/components/parameters/If-Match/examples/stale/value | \"3\"",
                "/components/responses/NotModified/headers/ETag/examples/unchanged/value | \"3\"",
                "/components/parameters/Last-Event-ID/example | 42",
                "/components/parameters/limit/example | 201",
                "/components/parameters/Idempotency-Key/schema/examples/0 | \"a b\""
            })
    void an_example_that_violates_its_schema_is_detected(String pointer, String json) {
        assertThat(Examples.faults(Description.API.with(pointer, json))).hasSize(1);
    }

    private static Map<String, List<Integer>> kinds(List<ProblemKind> kinds) {
        Map<String, List<Integer>> statuses = new TreeMap<>();
        kinds.forEach(kind -> statuses.put(kind.type(), List.of(kind.status())));
        return statuses;
    }

    @Test
    void every_component_is_used_and_every_reference_exists() {
        assertThat(unused(Description.API))
                .containsExactly("/components/responses/MethodNotAllowed", "/components/responses/Options");
    }

    @Test
    void an_unused_component_is_detected() {
        assertThat(unused(Description.API.with("/components/schemas/Idle", "{\"type\":\"string\"}")))
                .contains("/components/schemas/Idle");
    }

    private static List<String> unused(Description description) {
        JsonNode document = description.root().node();
        List<String> references = Pattern.compile("\"\\$ref\":\"#([^\"]+)\"")
                .matcher(document.toString())
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(references)
                .allSatisfy(reference -> assertThat(document.at(reference).isMissingNode())
                        .as(reference)
                        .isFalse());
        List<String> unused = new ArrayList<>();
        document.path("components")
                .properties()
                .forEach(kind -> kind.getValue()
                        .fieldNames()
                        .forEachRemaining(name -> unused.add("/components/" + kind.getKey() + "/" + name)));
        unused.removeAll(references);
        unused.removeIf(each -> each.startsWith("/components/securitySchemes/")); // named otherwise
        return unused;
    }
}
