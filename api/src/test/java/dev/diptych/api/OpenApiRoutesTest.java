package dev.diptych.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.description.Description;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server shows its description, in both forms. */
class OpenApiRoutesTest extends OverHttp {

    @ParameterizedTest
    @CsvSource({"openapi.yaml, application/yaml", "openapi.json, application/json"})
    void the_description_is_answered_as_it_is_kept(String name, String mediaType) throws IOException {
        Http.Answer answer = http.get("/" + name);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith(mediaType);
        try (var kept = Description.resource(name)) {
            assertThat(answer.response().body()).isEqualTo(new String(kept.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.yaml", "/openapi.json"})
    void who_has_the_description_already_is_told_so(String path) {
        String tag = http.get(path).header("ETag");

        Http.Answer same = http.send(http.request(path).header("If-None-Match", tag));
        Http.Answer other = http.send(http.request(path).header("If-None-Match", "\"other\""));

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
    void the_yaml_is_for_those_who_take_yaml(String accept, int status) {
        Http.Answer answer = http.send(http.request("/openapi.yaml").header("Accept", accept));

        assertThat(answer.status()).isEqualTo(status);
        if (status == 406) {
            assertThat(answer.json().path("detail").asText()).contains("application/yaml");
        }
    }

    @Test
    void parameters_are_refused_as_everywhere() {
        problem(http.get("/openapi.yaml?version=2"), 400, "/problems/invalid-parameters");
    }
}
