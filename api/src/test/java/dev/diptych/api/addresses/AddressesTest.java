package dev.diptych.api.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OnEachStore;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses are stored, read, replaced and erased; nothing of them is kept. */
class AddressesTest extends OnEachStore {

    private static String address(String city) {
        return "{\"name\":\"Ada Byron\",\"street\":\"1 Main Street\",\"postal_code\":\"N1 9GU\",\"city\":\"" + city
                + "\",\"country\":\"United Kingdom\"}";
    }

    private static String newId() {
        return "c-" + UUID.randomUUID();
    }

    private Http.Answer put(String customerId, String body, String... headers) {
        return http.send(http.request("/customers/" + customerId + "/address", headers)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
    }

    private Http.Answer find(String customerId, String... headers) {
        return http.get("/customers/" + customerId + "/address", headers);
    }

    private Http.Answer delete(String customerId, String... headers) {
        return http.send(
                http.request("/customers/" + customerId + "/address", headers).DELETE());
    }

    @Test
    void an_address_is_stored_replaced_and_erased() {
        String id = newId();
        assertThat(find(id).status()).isEqualTo(404);
        Http.Answer stored = put(id, address("London"));
        assertThat(stored.status()).isEqualTo(201);
        assertThat(stored.header("Consistency-Token")).as("nothing to wait for").isEmpty();
        Http.Answer read = find(id);
        assertThat(read.json()).isEqualTo(stored.json()).isEqualTo(Http.json(address("London")));
        assertThat(read.header("ETag")).isEqualTo(stored.header("ETag")).startsWith("\"");
        assertThat(put(id, address("London")).status()).as("the same again").isEqualTo(200);
        assertThat(put(id, address("Paris")).status()).isEqualTo(200);
        assertThat(find(id).json().path("city").asText()).isEqualTo("Paris");
        Http.Answer erased = delete(id);
        assertThat(erased.status()).isEqualTo(204);
        assertThat(erased.response().body()).isEmpty();
        assertThat(find(id).status()).isEqualTo(404);
        assertThat(delete(id).status()).isEqualTo(404);
    }

    @Test
    void only_what_was_read_is_replaced() {
        String id = newId();
        assertThat(put(id, address("London"), "If-Match", "*").status()).isEqualTo(412);
        assertThat(put(id, address("London"), "If-None-Match", "*").status()).isEqualTo(201);
        Http.Answer again = put(id, address("Paris"), "If-None-Match", "*");
        assertThat(again.status()).isEqualTo(412);
        assertThat(again.json().path("detail").asText()).contains("has the ETag \"");
        String read = find(id).header("ETag");
        assertThat(put(id, address("Paris"), "If-Match", read).status()).isEqualTo(200);
        assertThat(put(id, address("Rome"), "If-Match", read).status()).isEqualTo(412);
        assertThat(delete(id, "If-Match", read).status()).isEqualTo(412);
        assertThat(find(id).json().path("city").asText()).isEqualTo("Paris");
        assertThat(find(id, "If-None-Match", find(id).header("ETag")).status()).isEqualTo(304);
        assertThat(find(id, "If-Match", read).status()).isEqualTo(412);
        assertThat(delete(id, "If-Match", find(id).header("ETag")).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 422 | name: is missing",
                "{\"name\":\" \"} | 422 | name: must be a string of 1 to 200 characters, not blank",
                "{\"name\":1} | 422 | name: must be a string",
                "{\"phone\":\"1\"} | 422 | phone: is unknown; allowed are [city, country, name, postal_code, street]",
                "[] | 422 | must be a JSON object",
                "{ | 400 | The body is not JSON"
            })
    void a_wrong_address_is_refused(String body, int status, String why) {
        String id = newId();
        Http.Answer refused = put(id, body);
        assertThat(refused.status()).isEqualTo(status);
        StringBuilder said = new StringBuilder(refused.json().path("detail").asText());
        for (JsonNode each : refused.json().path("errors")) {
            said.append('\n')
                    .append(each.path("field").asText())
                    .append(": ")
                    .append(each.path("message").asText());
        }
        assertThat(said.toString()).contains(why);
        assertThat(find(id).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "a%20b", "%F0%9F%98%80"})
    void what_is_no_id_has_no_address(String id) {
        assertThat(find(id).status()).isEqualTo(404);
        assertThat(put(id, address("London")).status()).isEqualTo(404);
        assertThat(delete(id).status()).isEqualTo(404);
    }

    @Test
    void a_parameter_is_refused() {
        assertThat(http.get("/customers/c1/address?after=1").status()).isEqualTo(400);
    }
}
