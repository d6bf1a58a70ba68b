package dev.diptych.api.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check of all responses in the API tests detects every violation of the description. */
class AnswerCheckTest {

    private static final String ACCEPTED = "{\"status\":\"accepted\",\"order_id\":\"o\"}";
    private static final String NOT_PAID =
            "{\"type\":\"/problems/order-not-paid\",\"title\":\"t\",\"status\":409,\"detail\":\"d\"}";

    private static Exchange ship(int status, String headers, String body) {
        return exchange("POST", "/orders/o/ship", "", status, headers, body);
    }

    private static Exchange exchange(
            String method, String target, String sent, int status, String headers, String received) {
        Map<String, List<String>> all = new HashMap<>();
        headers.lines().map(line -> line.split(": ", 2)).forEach(header -> all.put(header[0], List.of(header[1])));
        return new Exchange(method, URI.create(target), Optional.of(sent), status, all, received);
    }

    private static String accepted(String... more) {
        return """
                content-type: application/json
                etag: "3.a7f3c15b20e9"
                consistency-token: abc
                correlation-id: c-1
                location: /orders/o?after=abc
                """ + String.join("\n", more);
    }

    @Test
    void a_described_response_passes() {
        AnswerCheck.API.check(ship(202, accepted(), ACCEPTED));
        AnswerCheck.API.check(ship(409, "content-type: application/problem+json", NOT_PAID));
        AnswerCheck.API.check(exchange("HEAD", "/problems", "", 200, "content-type: application/json", ""));
    }

    @Test
    void a_violation_shows_the_exchange() {
        assertThatThrownBy(() -> AnswerCheck.API.check(ship(200, accepted(), ACCEPTED)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the status 200 is not described for POST /orders/{order_id}/ship")
                .hasMessageContaining("POST /orders/o/ship -> 200");
    }

    @Test
    void missing_malformed_and_undescribed_headers_are_detected() {
        assertThat(faults(ship(202, accepted().replace("etag: \"3.a7f3c15b20e9\"\n", ""), ACCEPTED)))
                .contains("the header ETag is missing");
        assertThat(faults(ship(202, accepted().replace("\"3.a7f3c15b20e9\"", "3.a7f3c15b20e9"), ACCEPTED)))
                .contains("header ETag = 3");
        assertThat(faults(ship(202, accepted().replace("3.a7f3c15b20e9", "3"), ACCEPTED)))
                .contains("header ETag = \"3\"");
        assertThat(faults(ship(202, accepted("x-more: 1"), ACCEPTED))).contains("the header x-more is not described");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"status\":\"accepted\",\"order_id\":\"o\",\"more\":1} | more",
                "{\"status\":\"accepted\"} | order_id",
                "{\"status\":\"accepted\",\"order_id\":7} | string",
                "{\"status\":\"done\",\"order_id\":\"o\"} | accepted",
                "accepted | not JSON"
            })
    void an_undescribed_body_is_detected(String body, String fault) {
        assertThat(faults(ship(202, accepted(), body))).contains(fault.equals("not JSON") ? "object" : fault);
    }

    @Test
    void a_wrong_media_type_and_an_unexpected_body_are_detected() {
        assertThat(faults(ship(202, accepted().replace("application/json", "text/plain"), ACCEPTED)))
                .contains("the media type text/plain is not described");
        String unchanged = "etag: \"1.a7f3c15b20e9\"\nprojection-position: 1\nstore-history: a7f3c15b20e9";
        assertThat(faults(exchange("GET", "/orders/o", "", 304, unchanged, ""))).isEqualTo("[]");
        assertThat(faults(exchange("GET", "/orders/o", "", 304, unchanged, "{}")))
                .contains("there is a body");
        assertThat(faults(exchange("HEAD", "/problems", "", 200, "content-type: application/json", "{}")))
                .contains("the answer to a HEAD has a body");
    }

    @ParameterizedTest
    @CsvSource({"order-shipped, 409", "order-not-paid, 404", "unknown-event, 409", "order-not-paid, 410"})
    void an_unlisted_problem_is_detected(String type, int status) {
        String problem = NOT_PAID.replace("order-not-paid", type).replace("409", String.valueOf(status));
        assertThat(faults(ship(status, "content-type: application/problem+json", problem)))
                .isNotEqualTo("[]");
    }

    @Test
    void an_undescribed_member_of_a_problem_is_detected() {
        String problem = NOT_PAID.replace("}", ",\"more\":1}");
        assertThat(faults(ship(409, "content-type: application/problem+json", problem)))
                .contains("more");
    }

    @Test
    void an_accepted_undescribed_request_is_detected() {
        assertThat(faults(exchange("POST", "/orders/o/pay", "{\"amount\":\"1\"}", 202, accepted(), ACCEPTED)))
                .isEqualTo("[]");
        assertThat(faults(exchange("POST", "/orders/o/pay", "{\"amount\":\"1\",\"tip\":1}", 202, accepted(), ACCEPTED)))
                .contains("tip");
        assertThat(faults(exchange("POST", "/orders/o/ship?fast=1", "", 202, accepted(), ACCEPTED)))
                .contains("fast");
    }

    @Test
    void undescribed_paths_and_methods_have_described_responses() {
        String problem = "{\"type\":\"/problems/not-found\",\"title\":\"t\",\"status\":404,\"detail\":\"d\"}";
        String form = "content-type: application/problem+json";
        assertThat(faults(exchange("GET", "/nowhere", "", 404, form, problem))).isEqualTo("[]");
        assertThat(faults(exchange("GET", "/nowhere", "", 200, form, problem))).contains("200 is not described");
        assertThat(faults(exchange("PUT", "/orders", "", 404, form, problem))).contains("404 is not described");
        assertThat(faults(exchange("GET", "/page/app.js", "", 200, "", ""))).isEqualTo("[]");
        String wrongMethod = problem.replace("not-found", "method-not-allowed").replace("404", "405");
        assertThat(faults(exchange("PUT", "/orders", "", 405, form, wrongMethod)))
                .contains("Allow is missing");
    }

    @Test
    void an_undescribed_problem_is_detected_on_every_path() {
        assertThat(AnswerCheck.API.problemFaults(409, NOT_PAID)).isEmpty();
        assertThat(AnswerCheck.API.problemFaults(400, NOT_PAID)).isNotEmpty();
        assertThat(AnswerCheck.API.problemFaults(409, NOT_PAID.replace("not-paid", "eaten")))
                .isNotEmpty();
        assertThat(AnswerCheck.API.problemFaults(409, NOT_PAID.replace("detail", "details")))
                .isNotEmpty();
    }

    private static String faults(Exchange exchange) {
        return AnswerCheck.API.faults(exchange).toString();
    }
}
