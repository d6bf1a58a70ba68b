package dev.diptych.api.http.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.support.Http;
import dev.diptych.api.support.OverHttp;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses are JSON; a client that does not accept JSON is rejected before the request has an effect. */
class AcceptTest extends OverHttp {

    private static Http.Answer get(String path, String accept) {
        return http.get(path, "Accept", accept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "*/*",
                "application/*",
                "APPLICATION/JSON",
                "text/html, application/json;q=0.1",
                "text/html;q=1, */*;q=0.001",
                "*/*;q=0, application/json",
                "application/json;q=0, application/json",
                "application/json; charset=utf-8",
                "x;y=\",application/json;q=0,\", */*",
                "nonsense, */*",
                "application/json;q=2",
                ",;,",
                ""
            })
    void a_client_that_accepts_json_receives_it(String accept) {
        assertThat(get("/orders", accept).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "application/xml, text/*",
                "application/problem+json",
                "application/json;q=0",
                "application/json;q=0.000, */*",
                "*/*;q=0",
                "application/*;q=0, */*",
                "application/json;q=nonsense, */*",
                "nonsense"
            })
    void a_client_that_does_not_accept_json_receives_406(String accept) {
        problem(get("/orders", accept), 406, "/problems/not-acceptable");
        problem(get("/problems", accept), 406, "/problems/not-acceptable");
    }

    @Test
    void a_quoted_string_without_an_end_is_400() {
        problem(get("/orders", "\"*/*"), 400, "/problems/invalid-headers");
    }

    @Test
    void a_command_with_an_unacceptable_response_has_no_effect() {
        var place = http.request("/subscriptions")
                .header("Content-Type", "application/json")
                .header("Accept", "text/html")
                .POST(BodyPublishers.ofString(
                        "{\"subscription_id\":\"no\",\"customer_id\":\"c\",\"plan\":\"p\",\"monthly_price\":1}"));
        problem(http.send(place), 406, "/problems/not-acceptable");
        problem(http.post("/subscriptions/no/cancel", "{\"reason\":\"never started\"}"), 404, "/problems/not-found");
    }

    @Test
    void an_error_is_a_problem_for_every_accept_header() {
        problem(get("/nowhere", "text/html"), 404, "/problems/not-found");
        problem(get("/orders?limit=0", "application/json"), 400, "/problems/invalid-parameters");
    }
}
