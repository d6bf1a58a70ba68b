package dev.diptych.api.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OverHttp;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes of subscriptions, over real HTTP. */
class SubscriptionApiTest extends OverHttp {

    private static final String LARGE = "{\"plan\":\"large\",\"monthly_price\":\"19.90\"}";

    @Test
    void a_subscription_is_started_changed_and_cancelled_over_http() {
        start("way");
        JsonNode started = awaitVersion("way", 1);
        assertThat(started.properties())
                .extracting(field -> field.getKey())
                .containsExactly(
                        "subscription_id", "customer_id", "plan", "monthly_price", "status", "started_at", "version");
        assertThat(started.get("customer_id").asText()).isEqualTo("c");
        assertThat(started.get("plan").asText()).isEqualTo("basic");
        assertThat(started.get("monthly_price").asText()).isEqualTo("9.90");
        assertThat(started.get("status").asText()).isEqualTo("running");

        Http.Answer changed = http.post("/subscriptions/way/change-plan", LARGE);
        assertThat(changed.status()).isEqualTo(202);
        assertThat(changed.header("Location")).startsWith("/subscriptions/way?after=");
        JsonNode large = awaitVersion("way", 2);
        assertThat(large.get("plan").asText()).isEqualTo("large");
        assertThat(large.get("monthly_price").asText()).isEqualTo("19.90");
        assertThat(large.get("started_at")).isEqualTo(started.get("started_at"));

        assertThat(http.post("/subscriptions/way/cancel", "{\"reason\":\"too dear\"}")
                        .status())
                .isEqualTo(202);
        JsonNode cancelled = awaitVersion("way", 3);
        assertThat(cancelled.get("status").asText()).isEqualTo("cancelled");
        assertThat(cancelled.get("plan").asText()).isEqualTo("large");
    }

    @Test
    void the_server_generates_a_missing_id() {
        Http.Answer answer =
                http.post("/subscriptions", "{\"customer_id\":\"c\",\"plan\":\"basic\",\"monthly_price\":1}");
        String id = answer.json().get("subscription_id").asText();
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().get("status").asText()).isEqualTo("accepted");
        assertThat(answer.header("Location")).startsWith("/subscriptions/" + id + "?after=");
        assertThat(awaitVersion(id, 1).get("subscription_id").asText()).isEqualTo(id);
    }

    @Test
    void a_repeated_command_is_accepted_without_effect() {
        start("again");
        start("again");
        http.post("/subscriptions/again/change-plan", LARGE);
        assertThat(http.post("/subscriptions/again/change-plan", LARGE).status())
                .isEqualTo(202);
        start("again");
        http.post("/subscriptions/again/cancel", "{\"reason\":\"one\"}");
        assertThat(http.post("/subscriptions/again/cancel", "{\"reason\":\"two\"}")
                        .status())
                .isEqualTo(202);
        start("again");
        awaitVersion("again", 3);
        assertThat(diptych.store()
                        .events()
                        .readStream(StreamName.of("subscription", "again"), 0, 10)
                        .events())
                .hasSize(3);
    }

    @Test
    void other_content_with_the_same_id_is_409() {
        start("other");
        Http.Answer answer = http.post(
                "/subscriptions",
                "{\"subscription_id\":\"other\",\"customer_id\":\"c\",\"plan\":\"basic\",\"monthly_price\":10}");
        problem(answer, 409, "/problems/subscription-started-differently");
        assertThat(answer.json().get("detail").asText())
                .startsWith("Subscription other has been started already, with another customer, plan or price.");
    }

    @Test
    void changing_a_cancelled_subscription_is_409() {
        start("gone");
        http.post("/subscriptions/gone/cancel", "{\"reason\":\"too dear\"}");
        Http.Answer answer = http.post("/subscriptions/gone/change-plan", LARGE);
        problem(answer, 409, "/problems/subscription-cancelled");
        assertThat(answer.json().get("detail").asText()).contains("has been cancelled (too dear)");
        assertThat(answer.json().get("instance").asText()).isEqualTo("/subscriptions/gone/change-plan");
    }

    @Test
    void a_subscription_stored_with_cents_is_readable() {
        var inCents = new NewEvent("subscription-started", 1, """
                {"subscription_id": "old", "customer_id": "c", "plan": "basic", "monthly_price_cents": 990,
                 "started_at": "2020-01-01T10:00:00Z"}""", "{}");
        diptych.store()
                .events()
                .append(StreamName.of("subscription", "old"), ExpectedVersion.noStream(), List.of(inCents));
        assertThat(awaitVersion("old", 1).get("monthly_price").asText()).isEqualTo("9.90");
        start("old");
        assertThat(http.post("/subscriptions/old/change-plan", LARGE).status()).isEqualTo(202);
        assertThat(awaitVersion("old", 2).get("monthly_price").asText()).isEqualTo("19.90");
    }

    @Test
    void an_unknown_resource_is_404() {
        problem(http.get("/subscriptions/missing"), 404, "/problems/not-found");
        problem(http.post("/subscriptions/missing/change-plan", LARGE), 404, "/problems/not-found");
        problem(http.post("/subscriptions/missing/cancel", "{\"reason\":\"x\"}"), 404, "/problems/not-found");
        problem(http.post("/subscriptions/-x/cancel", "{\"reason\":\"x\"}"), 404, "/problems/not-found");
        problem(http.post("/subscriptions/-x/change-plan", LARGE), 404, "/problems/not-found");
    }

    @Test
    void all_faults_of_a_body_are_said_at_once_and_where_they_are() {
        Http.Answer answer = http.post(
                "/subscriptions",
                "{\"subscription_id\":\"-\",\"custmer_id\":\"c\",\"plan\":\" \",\"monthly_price\":-1}");
        problem(answer, 422, "/problems/invalid-fields");
        assertThat(errors(answer, "pointer"))
                .containsExactlyInAnyOrder(
                        "/subscription_id", "/customer_id", "/custmer_id", "/plan", "/monthly_price");
    }

    @Test
    void missing_and_unknown_fields_are_named() {
        start("fields");
        assertThat(errors(http.post("/subscriptions", "{}"), "field"))
                .containsExactlyInAnyOrder("customer_id", "plan", "monthly_price");
        assertThat(errors(http.post("/subscriptions/fields/change-plan", "{\"price\":1}"), "field"))
                .containsExactlyInAnyOrder("plan", "monthly_price", "price");
        assertThat(errors(http.post("/subscriptions/fields/cancel", "{\"why\":\"x\"}"), "field"))
                .containsExactlyInAnyOrder("reason", "why");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1e3\"", "1e3", "-1", "\"\"", "1.001", "1000000.01", "null", "true", "[]"})
    void a_monthly_price_has_plain_notation_two_decimals_and_a_range(String price) {
        start("price");
        String terms = "\"plan\":\"basic\",\"monthly_price\":" + price + "}";
        for (Http.Answer answer : List.of(
                http.post("/subscriptions", "{\"customer_id\":\"c\"," + terms),
                http.post("/subscriptions/price/change-plan", "{" + terms))) {
            problem(answer, 422, "/problems/invalid-fields");
            assertThat(errors(answer, "field")).containsExactly("monthly_price");
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0.00", "12.5,12.50", "1000000,1000000.00", "'\"0.01\"',0.01"})
    void a_monthly_price_is_a_number_or_a_string(String given, String price) {
        Http.Answer answer = http.post(
                "/subscriptions", "{\"customer_id\":\"c\",\"plan\":\"basic\",\"monthly_price\":" + given + "}");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(awaitVersion(answer.json().get("subscription_id").asText(), 1)
                        .get("monthly_price")
                        .asText())
                .isEqualTo(price);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"  \"", "null", "5", "\"\\u0000\"", "\"\\ud800\""})
    void a_plan_and_a_reason_are_text(String text) {
        start("text");
        Http.Answer plan = http.post("/subscriptions/text/change-plan", "{\"plan\":" + text + ",\"monthly_price\":1}");
        problem(plan, 422, "/problems/invalid-fields");
        assertThat(errors(plan, "field")).containsExactly("plan");
        Http.Answer reason = http.post("/subscriptions/text/cancel", "{\"reason\":" + text + "}");
        problem(reason, 422, "/problems/invalid-fields");
        assertThat(errors(reason, "field")).containsExactly("reason");
    }

    @Test
    void lengths_are_limited_in_characters() {
        start("length");
        assertThat(change("x".repeat(100)).status()).isEqualTo(202);
        assertThat(errors(change("x".repeat(101)), "field")).containsExactly("plan");
        assertThat(errors(
                        http.post("/subscriptions/length/cancel", "{\"reason\":\"" + "x".repeat(501) + "\"}"), "field"))
                .containsExactly("reason");
        assertThat(http.post("/subscriptions/length/cancel", "{\"reason\":\"" + "x".repeat(500) + "\"}")
                        .status())
                .isEqualTo(202);
    }

    @Test
    void reading_a_subscription_accepts_no_other_parameters() {
        problem(http.get("/subscriptions/x?limit=1"), 400, "/problems/invalid-parameters");
    }

    private static Http.Answer change(String plan) {
        return http.post("/subscriptions/length/change-plan", "{\"plan\":\"" + plan + "\",\"monthly_price\":1}");
    }

    private static void start(String id) {
        Http.Answer answer = http.post(
                "/subscriptions",
                "{\"subscription_id\":\"" + id
                        + "\",\"customer_id\":\"c\",\"plan\":\"basic\",\"monthly_price\":\"9.90\"}");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
    }

    private static JsonNode awaitVersion(String id, int version) {
        return awaitVersion("/subscriptions/", id, version);
    }
}
