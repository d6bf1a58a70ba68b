package dev.diptych.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.description.Description;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OverHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes that return the description, as YAML and as JSON. */
class OpenApiRoutesTest extends OverHttp {

    @ParameterizedTest
    @CsvSource({"openapi.yaml, application/yaml", "openapi.json, application/json"})
    void the_description_is_returned_unchanged(String name, String mediaType) throws IOException {
        Http.Answer answer = http.get("/" + name);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith(mediaType);
        try (var kept = Description.resource(name)) {
            assertThat(answer.response().body()).isEqualTo(new String(kept.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.yaml", "/openapi.json"})
    void a_current_entity_tag_is_304(String path) {
        String tag = http.get(path).header("ETag");

        Http.Answer same = http.get(path, "If-None-Match", tag);
        Http.Answer other = http.get(path, "If-None-Match", "\"other\"");

        assertThat(same.status()).isEqualTo(304);
        assertThat(other.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "application/yaml, 200",
        "application/*, 200",
        "*/*, 200",
        "'application/yaml;q=0, */*', 406",
        "application/json, 406",
        "text/html, 406"
    })
    void the_yaml_requires_a_matching_accept_header(String accept, int status) {
        Http.Answer answer = http.get("/openapi.yaml", "Accept", accept);

        assertThat(answer.status()).isEqualTo(status);
        if (status == 406) {
            assertThat(answer.json().path("detail").asText()).contains("application/yaml");
        }
    }

    @Test
    void parameters_are_rejected() {
        problem(http.get("/openapi.yaml?version=2"), 400, "/problems/invalid-parameters");
    }
}
