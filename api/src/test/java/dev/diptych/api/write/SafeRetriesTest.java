package dev.diptych.api.write;

import static dev.diptych.api.support.OverHttp.errors;
import static dev.diptych.api.support.OverHttp.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.support.Http;
import dev.diptych.api.support.OnEachStore;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command that is sent again under its key is done once, and answered as the first time. */
class SafeRetriesTest extends OnEachStore {

    private static final String KEY = "Idempotency-Key";

    private static void assertSame(Http.Answer answer, Http.Answer first) {
        assertThat(answer.status()).isEqualTo(first.status()).isEqualTo(202);
        assertThat(answer.response().body()).isEqualTo(first.response().body());
        for (String header : List.of("ETag", "Consistency-Token", "Location", "Content-Type")) {
            assertThat(answer.header(header)).isNotEmpty().isEqualTo(first.header(header));
        }
    }

    @Test
    void a_repeated_command_has_its_first_response_after_later_changes() {
        Http.Answer placed = place("since", KEY, "place");
        Http.Answer paid = pay("since", KEY, "pay");
        Http.Answer shipped = post("/orders/since/ship", "{}", KEY, "ship");
        assertSame(pay("since", KEY, "pay"), paid);
        assertSame(place("since", KEY, "place"), placed);
        assertSame(place("since", KEY, "place", "If-Match", tag(1)), placed);
        assertThat(paid.header("ETag")).isEqualTo(tag(2));
        assertThat(getOnceVisible(shipped.header("Location"))
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void a_command_without_events_has_its_first_response() {
        place("nothing");
        Http.Answer again = place("nothing", KEY, "nothing");
        pay("nothing");
        assertSame(place("nothing", KEY, "nothing"), again);
    }

    @Test
    void a_repeated_command_without_an_id_has_the_first_generated_id() {
        String body = "{\"customer_id\":\"once\"," + ITEMS + "}";
        Http.Answer first = post("/orders", body, KEY, "made");
        assertSame(post("/orders", body, KEY, "made"), first);
        assertThat(getOnceVisible("/orders?customer_id=once&after=" + first.header("Consistency-Token"))
                        .json()
                        .path("items"))
                .hasSize(1);
    }

    @Test
    void the_layout_of_the_json_does_not_change_a_request() {
        Http.Answer first = post(
                "/subscriptions",
                "{\"subscription_id\":\"lay\",\"customer_id\":\"c\",\"plan\":\"p\",\"monthly_price\":\"1.00\"}",
                KEY,
                "lay");
        assertSame(
                post(
                        "/subscriptions",
                        " {\"plan\":\"\\u0070\",\n\"monthly_price\":\"1.00\","
                                + " \"customer_id\":\"c\",\"subscription_id\":\"lay\" }",
                        KEY,
                        "lay"),
                first);
    }

    @Test
    void an_omitted_body_is_equal_to_an_empty_one() {
        place("empty");
        pay("empty");
        Http.Answer first = post("/orders/empty/ship", "{}", KEY, "empty");
        assertSame(post("/orders/empty/ship", "", KEY, "empty"), first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/orders/sp-1/ship/", "/orders/sp%2D1/ship", "/orders/s%70-1/ship?", "/orders/sp%2d1/ship/?&"})
    void the_encoding_of_the_path_does_not_change_a_request(String path) {
        place("sp-1");
        pay("sp-1");
        Http.Answer first = post("/orders/sp-1/ship", "{}", KEY, "spelling");
        assertThat(first.status()).isEqualTo(202);
        assertSame(post(path, "{}", KEY, "spelling"), first);
        problem(
                post("/orders/sp-1/cancel", "{\"reason\":\"r\"}", KEY, "spelling"),
                422,
                "/problems/idempotency-key-reused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//orders/sp-2/ship",
                "/orders//sp-2/ship",
                "/orders/sp-2/ship//",
                "/orders/sp-2;x=1/ship",
                "/orders/./sp-2/ship",
                "/%6frders/sp-2/ship",
                "/Orders/sp-2/ship"
            })
    void another_path_is_another_request(String path) {
        place("sp-2");
        pay("sp-2");
        problem(post(path, "{}"), 404, "/problems/not-found");
    }

    @Test
    void a_key_that_was_used_for_another_request_is_422() {
        place("taken", KEY, "taken");
        place("other");
        for (Http.Answer answer : List.of(
                place("taken2", KEY, "taken"),
                pay("taken", KEY, "taken"),
                pay("other", KEY, "taken"),
                pay("missing", KEY, "taken"),
                post("/orders/taken/ship", "{}", KEY, "taken"))) {
            problem(answer, 422, "/problems/idempotency-key-reused");
        }
        assertThat(pay("taken", KEY, "TAKEN").status()).as("another key").isEqualTo(202);
        problem(
                post("/orders/taken/pay", "{\"amount\":\"15.0\"}", KEY, "TAKEN"),
                422,
                "/problems/idempotency-key-reused");
    }

    @Test
    void a_rejection_is_not_stored_with_its_key() {
        problem(pay("later", KEY, "later"), 404, "/problems/not-found");
        place("later");
        problem(pay("later", KEY, "later", "If-Match", tag(7)), 412, "/problems/precondition-failed");
        problem(post("/orders/later/pay", "{\"amount\":1}", KEY, "later"), 409, "/problems/order-amount-not-total");
        assertThat(pay("later", KEY, "later").status()).isEqualTo(202);
        problem(post("/orders/later/pay", "{\"amount\":1}", KEY, "later"), 422, "/problems/idempotency-key-reused");
    }

    @Test
    void of_concurrent_repeats_one_is_stored_and_all_have_its_response() throws Exception {
        String body = "{\"customer_id\":\"crowd\"," + ITEMS + "}";
        List<Callable<Http.Answer>> crowd = IntStream.range(0, 16)
                .<Callable<Http.Answer>>mapToObj(i -> () -> post("/orders", body, KEY, "crowd"))
                .toList();
        try (var pool = Executors.newFixedThreadPool(8)) {
            List<Http.Answer> answers =
                    pool.invokeAll(crowd).stream().map(each -> each.resultNow()).toList();
            answers.forEach(answer -> assertSame(answer, answers.getFirst()));
            assertThat(getOnceVisible("/orders?customer_id=crowd&after="
                                    + answers.getFirst().header("Consistency-Token"))
                            .json()
                            .path("items"))
                    .hasSize(1);
        }
    }

    @Test
    void a_quoted_key_is_equal_to_a_bare_one() {
        Http.Answer first = place("quoted", KEY, "8e03978e-40d5!");
        assertSame(place("quoted", KEY, "\"8e03978e-40d5!\""), first);
        Http.Answer escaped = place("escaped", KEY, "x\"y\\z");
        assertSame(place("escaped", KEY, "\"x\\\"y\\\\z\""), escaped);
    }

    @Test
    void a_key_has_1_to_255_characters() {
        String longest = "k".repeat(255);
        assertSame(place("long", KEY, "\"" + longest + "\""), place("long", KEY, longest));
        assertThat(place("short", KEY, "~").status()).isEqualTo(202);
        problem(place("longer", KEY, longest + "k"), 400, "/problems/invalid-headers");
        problem(place("longer", KEY, "\"" + longest + "k\""), 400, "/problems/invalid-headers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "\"", "\"\"", "\"a", "\"a\"b\"", "\"a b\"", "\"a\\\"", "\"\\a\"", "\"a\";p=1"})
    void an_invalid_key_is_400(String key) {
        Http.Answer answer = place("none", KEY, key);
        problem(answer, 400, "/problems/invalid-headers");
        assertThat(errors(answer, "field")).containsExactly(KEY);
    }

    @Test
    void two_keys_are_400() {
        problem(place("two", KEY, "a", KEY, "b"), 400, "/problems/invalid-headers");
    }
}
