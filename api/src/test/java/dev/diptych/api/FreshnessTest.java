package dev.diptych.api;

import static dev.diptych.api.OverHttp.errors;
import static dev.diptych.api.OverHttp.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.http.input.ConsistencyTokens;
import dev.diptych.api.launch.MemoryStore;
import dev.diptych.core.eventstore.Place;
import dev.diptych.core.projection.ProjectionRunner;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients read what they have written, if they say so; and every answer says how fresh it is. */
class FreshnessTest {

    @Nested
    class OnMemory extends Specs {
        @Override
        Store open() {
            return MemoryStore.open();
        }
    }

    @Nested
    class OnPostgres extends Specs {
        @Override
        Store open() {
            return TestPostgres.fresh();
        }
    }

    abstract static class Specs extends OnStore {

        private static final String TOKEN = ConsistencyTokens.HEADER;

        @AfterEach
        void goOn() {
            diptych.runners().forEach(ProjectionRunner::resume);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/orders/own", "/orders", "/products/sales", "/customers/active"})
        void every_view_of_orders_shows_the_write_whose_token_it_is_given(String path) {
            String token = place("own").header(TOKEN);
            assertThat(getOnceVisible(path + "?after=" + token).response().body())
                    .containsAnyOf("own", "lamp", "\"c\"");
            assertThat(getOnceVisible(path, TOKEN, token).status()).isEqualTo(200);
            assertThat(getOnceVisible(path + "?after=" + token, TOKEN, token).status())
                    .isEqualTo(200);
        }

        @Test
        void who_follows_the_location_of_a_command_reads_its_own_write() {
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
        void every_read_says_how_far_its_projection_is_and_in_which_history() {
            Http.Answer placed = place("far");
            long position =
                    Long.parseLong(getOnceVisible(placed.header("Location")).header("Projection-Position"));
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
        void a_write_that_cannot_be_seen_in_time_is_503_which_says_how_far_it_is_away() {
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
        void it_waits_two_seconds_or_as_long_as_the_client_prefers() {
            pause();
            String path = "/orders/timed?after=" + place("timed").header(TOKEN);
            var longer =
                    CompletableFuture.supplyAsync(() -> secondsOf(() -> get(path, "Prefer", "respond-async, wait=3")));
            assertThat(secondsOf(() -> get(path))).isBetween(1.9, 20.0); // 30 is what a client may ask for
            assertThat(longer.join()).isBetween(2.9, 20.0);
        }

        /** Often enough that the two seconds add up to more than the slowest machine needs without them. */
        @Test
        void it_waits_for_nothing_if_the_client_prefers_that() {
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
        void who_does_not_mind_gets_the_stale_answer_in_the_end() {
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
        void who_waits_is_answered_as_soon_as_the_write_can_be_seen() throws Exception {
            pause();
            String token = place("soon").header(TOKEN);
            var answer = CompletableFuture.supplyAsync(() -> get("/orders/soon?after=" + token, "Prefer", "wait=25"));
            diptych.runners().forEach(ProjectionRunner::resume);
            assertThat(answer.get().status()).isEqualTo(200);
            assertThat(answer.get().header("Preference-Applied")).isEqualTo("wait=25");
        }

        @Test
        void a_query_waits_for_its_own_projection_and_for_no_other() {
            ProjectionRunner list = diptych.runners().stream()
                    .filter(runner -> runner.name().equals("order-list"))
                    .findFirst()
                    .orElseThrow();
            pause();
            diptych.runners().stream().filter(runner -> runner != list).forEach(ProjectionRunner::resume);
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
        void preferences_are_read_as_their_rfc_has_it_and_what_cannot_be_followed_is_passed_over(
                String prefer, String applied) {
            String token = place("prefer").header(TOKEN);
            assertThat(getOnceVisible("/orders/prefer?after=" + token).status()).isEqualTo(200);
            Http.Answer answer = get("/orders/prefer?after=" + token, "Prefer", prefer);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Preference-Applied")).isEqualTo(applied);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "x", "====", "MQ", "MC4w", "0", "%2e%2e", "e30", "bnVsbC5udWxs"})
        void a_token_that_was_never_given_out_is_400(String token) {
            Http.Answer inPath = get("/orders?after=" + token);
            problem(inPath, 400, "/problems/invalid-parameters");
            assertThat(errors(inPath, "field")).containsExactly("after");
            Http.Answer inHeader = get("/orders", TOKEN, token);
            problem(inHeader, 400, "/problems/invalid-headers");
            assertThat(errors(inHeader, "field")).containsExactly(TOKEN);
        }

        @Test
        void a_token_is_not_taken_in_any_other_form() {
            String token = place("form").header(TOKEN);
            for (String other : List.of(token + "=", token + "AA", token.substring(1), token.substring(0, 3))) {
                problem(get("/orders?after=" + other), 400, "/problems/invalid-parameters");
            }
            problem(get("/orders?after=" + token + "&after=" + token), 400, "/problems/invalid-parameters");
            problem(get("/orders", TOKEN, token, TOKEN, token), 400, "/problems/invalid-headers");
            problem(post("/orders?after=" + token, "{}"), 400, "/problems/invalid-parameters");
        }

        @Test
        void a_token_of_another_store_is_400_and_not_waited_for() {
            String token = ConsistencyTokens.of(new Place("3b241101e2bb", 1));
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
        void a_token_ahead_of_the_head_is_waited_for_and_then_503() {
            long ahead = diptych.store().events().head() + 100_000;
            String token = ConsistencyTokens.of(new Place(history(), ahead));
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
}
