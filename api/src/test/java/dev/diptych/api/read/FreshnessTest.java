package dev.diptych.api.read;

import static dev.diptych.api.support.OverHttp.errors;
import static dev.diptych.api.support.OverHttp.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.NodeState;
import dev.diptych.api.http.input.Places;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OnEachStore;
import dev.diptych.core.eventstore.Place;
import dev.diptych.core.projection.ProjectionRunner;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries with a consistency token reflect that write; every response states its checkpoint. */
class FreshnessTest extends OnEachStore {

    private static final String TOKEN = Places.TOKEN_HEADER;

    @AfterEach
    void goOn() {
        NodeState.runners(diptych).forEach(ProjectionRunner::resume);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders/own", "/orders", "/products/sales", "/customers/active"})
    void every_view_of_orders_reflects_the_write_of_the_token(String path) {
        String token = place("own").header(TOKEN);
        assertThat(getOnceVisible(path + "?after=" + token).response().body()).containsAnyOf("own", "lamp", "\"c\"");
        assertThat(getOnceVisible(path, TOKEN, token).status()).isEqualTo(200);
        assertThat(getOnceVisible(path + "?after=" + token, TOKEN, token).status())
                .isEqualTo(200);
    }

    @Test
    void following_the_location_of_a_command_reads_its_write() {
        Http.Answer started = post(
                "/subscriptions",
                "{\"subscription_id\":\"s\",\"customer_id\":\"c\",\"plan\":\"p\",\"monthly_price\":1}");
        assertThat(started.header("Location")).isEqualTo("/subscriptions/s?after=" + started.header(TOKEN));
        assertThat(getOnceVisible(started.header("Location"))
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(1);
        place("follow");
        Http.Answer paid = pay("follow");
        Http.Answer seen = getOnceVisible(paid.header("Location"));
        assertThat(seen.json().path("status").asText()).isEqualTo("paid");
        assertThat(seen.header("ETag")).isEqualTo(paid.header("ETag"));
    }

    @Test
    void every_read_states_its_checkpoint_and_history() {
        Http.Answer placed = place("far");
        long position = Long.parseLong(getOnceVisible(placed.header("Location")).header("Projection-Position"));
        assertThat(position)
                .isPositive()
                .isLessThanOrEqualTo(diptych.store().events().head());
        for (String path :
                List.of("/orders/far", "/orders", "/products/sales", "/customers/active", "/subscriptions/none")) {
            Http.Answer answer = get(path);
            assertThat(answer.header("Projection-Position")).as(path).matches("\\d+");
            assertThat(answer.header("Store-History")).as(path).isEqualTo(history());
        }
        Http.Answer unchanged = get("/orders/far", "If-None-Match", "*");
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.header("Projection-Position")).matches("\\d+");
        assertThat(unchanged.header("Store-History")).isEqualTo(history());
    }

    @Test
    void a_write_that_is_not_visible_in_time_is_503_with_the_lag() {
        pause();
        String token = place("late").header(TOKEN);
        Http.Answer answer = get("/orders/late?after=" + token, "Prefer", "wait=0");
        problem(answer, 503, "/problems/not-yet-visible");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=0");
        long position = answer.json().path("position").asLong(-1);
        assertThat(answer.header("Projection-Position")).isEqualTo(String.valueOf(position));
        assertThat(answer.json().path("behind").asLong() + position)
                .isEqualTo(diptych.store().events().head());
    }

    @Test
    void a_query_waits_two_seconds_or_as_long_as_preferred() {
        pause();
        String path = "/orders/timed?after=" + place("timed").header(TOKEN);
        var longer = CompletableFuture.supplyAsync(() -> secondsOf(() -> get(path, "Prefer", "respond-async, wait=3")));
        assertThat(secondsOf(() -> get(path))).isBetween(1.9, 20.0); // 30 is what a client may ask for
        assertThat(longer.join()).isBetween(2.9, 20.0);
    }

    /** Enough repeats that unwanted waits of two seconds exceed the time of a slow machine. */
    @Test
    void a_query_does_not_wait_if_preferred() {
        pause();
        String path = "/orders/hasty?after=" + place("hasty").header(TOKEN);
        assertThat(IntStream.range(0, 20)
                        .mapToDouble(n -> secondsOf(() -> {
                            Http.Answer answer = get(path, "Prefer", "wait=0");
                            assertThat(answer.status()).isEqualTo(503);
                            return answer;
                        }))
                        .sum())
                .isLessThan(30);
    }

    @Test
    void stale_ok_returns_an_older_state_after_the_wait() {
        pause();
        String token = place("stale").header(TOKEN);
        Http.Answer list = get("/orders?after=" + token, "Prefer", "stale-ok, wait=0");
        assertThat(list.status()).isEqualTo(200);
        assertThat(list.response().body()).doesNotContain("stale");
        assertThat(list.header("Preference-Applied")).isEqualTo("wait=0, stale-ok");
        assertThat(Long.parseLong(list.header("Projection-Position")))
                .isLessThan(diptych.store().events().head());
        problem(
                get("/orders/stale?after=" + token, "Prefer", "wait=0;x=\"a,b\", STALE-OK=\"\""),
                404,
                "/problems/not-found");
    }

    @Test
    void a_waiting_query_returns_as_soon_as_the_write_is_visible() throws Exception {
        pause();
        String token = place("soon").header(TOKEN);
        var answer = CompletableFuture.supplyAsync(() -> get("/orders/soon?after=" + token, "Prefer", "wait=25"));
        NodeState.runners(diptych).forEach(ProjectionRunner::resume);
        assertThat(answer.get().status()).isEqualTo(200);
        assertThat(answer.get().header("Preference-Applied")).isEqualTo("wait=25");
    }

    @Test
    void a_query_waits_only_for_its_own_projection() {
        ProjectionRunner list = NodeState.runners(diptych).stream()
                .filter(runner -> runner.name().equals("order-list"))
                .findFirst()
                .orElseThrow();
        pause();
        NodeState.runners(diptych).stream().filter(runner -> runner != list).forEach(ProjectionRunner::resume);
        String token = place("one").header(TOKEN);
        assertThat(get("/orders/one?after=" + token, "Prefer", "wait=20").status())
                .isEqualTo(200);
        problem(get("/orders?after=" + token, "Prefer", "wait=0"), 503, "/problems/not-yet-visible");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=31|wait=30",
                "wait=99999999999999999999|wait=30",
                "wait=30|wait=30",
                "WAIT = 7 ; x|wait=7",
                "wait=\"3\"|wait=3",
                "wait=1, wait=9|wait=1",
                "handling=lenient, x=\"wait=4, wait=5\" , wait=6|wait=6",
                "wait=-1|''",
                "wait=1.5|''",
                "wait|''",
                ",;=\"|''",
                "wait=\"|''",
                "x=\"\\\"|''",
                "stale-ok|''"
            })
    void preferences_follow_the_rfc_and_unknown_ones_are_ignored(String prefer, String applied) {
        String token = place("prefer").header(TOKEN);
        assertThat(getOnceVisible("/orders/prefer?after=" + token).status()).isEqualTo(200);
        Http.Answer answer = get("/orders/prefer?after=" + token, "Prefer", prefer);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Preference-Applied")).isEqualTo(applied);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "====", "MQ", "MC4w", "0", "%2e%2e", "e30", "bnVsbC5udWxs"})
    void a_token_that_was_never_issued_is_400(String token) {
        Http.Answer inPath = get("/orders?after=" + token);
        problem(inPath, 400, "/problems/invalid-parameters");
        assertThat(errors(inPath, "field")).containsExactly("after");
        Http.Answer inHeader = get("/orders", TOKEN, token);
        problem(inHeader, 400, "/problems/invalid-headers");
        assertThat(errors(inHeader, "field")).containsExactly(TOKEN);
    }

    @Test
    void a_token_in_another_form_is_rejected() {
        String token = place("form").header(TOKEN);
        for (String other : List.of(token + "=", token + "AA", token.substring(1), token.substring(0, 3))) {
            problem(get("/orders?after=" + other), 400, "/problems/invalid-parameters");
        }
        problem(get("/orders?after=" + token + "&after=" + token), 400, "/problems/invalid-parameters");
        problem(get("/orders", TOKEN, token, TOKEN, token), 400, "/problems/invalid-headers");
        problem(post("/orders?after=" + token, "{}"), 400, "/problems/invalid-parameters");
    }

    @Test
    void a_token_of_another_store_is_400_without_waiting() {
        String token = Places.token(new Place("3b241101e2bb", 1));
        assertThat(secondsOf(() -> {
                    Http.Answer answer = get("/orders?after=" + token, "Prefer", "wait=30");
                    problem(answer, 400, "/problems/invalid-parameters");
                    assertThat(errors(answer, "message"))
                            .singleElement()
                            .asString()
                            .startsWith("is a token of another store");
                    return answer;
                }))
                .isLessThan(20);
    }

    @Test
    void a_token_ahead_of_the_head_waits_and_returns_503() {
        long ahead = diptych.store().events().head() + 100_000;
        String token = Places.token(new Place(history(), ahead));
        assertThat(secondsOf(() -> {
                    Http.Answer answer = get("/orders", TOKEN, token, "Prefer", "wait=1");
                    problem(answer, 503, "/problems/not-yet-visible");
                    assertThat(answer.json().path("behind").asLong()
                                    + answer.json().path("position").asLong())
                            .isEqualTo(ahead);
                    return answer;
                }))
                .isGreaterThan(0.9);
    }

    @Test
    void two_different_tokens_are_400() {
        String first = place("first").header(TOKEN);
        String second = place("second").header(TOKEN);
        Http.Answer answer = get("/orders?after=" + first, TOKEN, second);
        problem(answer, 400, "/problems/invalid-parameters");
        assertThat(errors(answer, "field")).containsExactly("after");
    }

    private static double secondsOf(Supplier<Http.Answer> request) {
        long begin = System.nanoTime();
        assertThat(request.get()).isNotNull();
        return (System.nanoTime() - begin) / 1e9;
    }
}
