package dev.diptych.api.write;

import static dev.diptych.api.support.OverHttp.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.support.Http;
import dev.diptych.api.support.OnEachStore;
import dev.diptych.api.support.OverHttp;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions of streams as entity tags, in responses, preconditions and caches. */
class VersionsTest extends OnEachStore {

    private static final String SUBSCRIPTION =
            "{\"subscription_id\":\"s\",\"customer_id\":\"c\",\"plan\":\"p\",\"monthly_price\":1}";

    @Test
    void commands_and_reads_return_the_version() {
        assertThat(place("tag").header("ETag")).isEqualTo(tag(1));
        assertThat(pay("tag").header("ETag")).isEqualTo(tag(2));
        assertThat(pay("tag").header("ETag")).as("when nothing is raised").isEqualTo(tag(2));
        awaitVersion("/orders/tag", 2);
        assertThat(get("/orders/tag").header("ETag")).isEqualTo(tag(2));

        assertThat(post("/subscriptions", SUBSCRIPTION).header("ETag")).isEqualTo(tag(1));
        awaitVersion("/subscriptions/s", 1);
        assertThat(get("/subscriptions/s").header("ETag")).isEqualTo(tag(1));
    }

    @Test
    void a_command_with_the_current_version_is_accepted() {
        place("right");
        assertThat(pay("right", "If-Match", tag(1)).status()).isEqualTo(202);
        assertThat(pay("right", "If-Match", tag(2)).status()).isEqualTo(202);
    }

    @Test
    void a_command_with_another_version_is_412_with_the_current_one() {
        place("wrong");
        assertMismatch(pay("wrong", "If-Match", tag(2)), 1);
        pay("wrong");
        assertMismatch(pay("wrong", "If-Match", tag(1)), 2);
        assertMismatch(place("wrong", "If-Match", tag(1)), 2);
        assertMismatch(post("/orders/wrong/ship", "{}", "If-Match", tag(999_999_999_999_999_999L)), 2);
    }

    @Test
    void an_equal_version_of_another_history_is_412() {
        place("elsewhere");
        Http.Answer answer = pay("elsewhere", "If-Match", "\"1.ended-history\"");
        assertMismatch(answer, 1);
        assertThat(answer.json().path("detail").asText()).contains("of another history");
        assertThat(pay("elsewhere", "If-Match", answer.header("ETag")).status()).isEqualTo(202);
    }

    @Test
    void the_version_is_checked_before_the_rules() {
        place("first");
        assertMismatch(post("/orders/first/ship", "{}", "If-Match", tag(5)), 1);
    }

    @Test
    void a_missing_resource_matches_no_version() {
        for (String version : List.of(tag(1), "*")) {
            Http.Answer answer = pay("missing", "If-Match", version);
            problem(answer, 412, "/problems/precondition-failed");
            assertThat(answer.json().path("current_version").asInt(-1)).isZero();
            assertThat(answer.header("ETag")).isEmpty();
            problem(place("new", "If-Match", version), 412, "/problems/precondition-failed");
        }
    }

    @Test
    void a_star_matches_every_existing_resource() {
        place("star");
        assertThat(pay("star", "If-Match", "*").status()).isEqualTo(202);
        assertThat(place("star", "If-Match", "*").status()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "\"1\"",
                "1.here",
                "\"0.here\"",
                "\"01.here\"",
                "\"-1.here\"",
                "\"x.here\"",
                "\".here\"",
                "\"1.\"",
                "\"1.he re\"",
                "\"1.here.1\"",
                "\"",
                "\"\"",
                "W/\"1.here\"",
                "\"1.here\", \"2.here\"",
                "**",
                "\"9999999999999999999.here\"",
                "\"1.here\" ;",
                "'1.here'"
            })
    void if_match_must_be_one_strong_version(String value) {
        Http.Answer answer = pay("any", "If-Match", value.replace("here", history()));
        problem(answer, 400, "/problems/invalid-headers");
        assertThat(OverHttp.errors(answer, "field")).containsExactly("If-Match");
        assertThat(answer.json().at("/errors/0/message").asText()).contains("such as \"3.a7f3c15b20e9\"");
    }

    @Test
    void two_headers_are_400() {
        problem(pay("any", "If-Match", tag(1), "If-Match", tag(2)), 400, "/problems/invalid-headers");
    }

    @Test
    void of_concurrent_commands_with_one_version_one_is_accepted() throws Exception {
        place("race");
        List<Callable<Http.Answer>> racers = IntStream.range(0, 8)
                .<Callable<Http.Answer>>mapToObj(
                        i -> () -> post("/orders/race/cancel", "{\"reason\":\"r" + i + "\"}", "If-Match", tag(1)))
                .toList();
        try (var pool = Executors.newFixedThreadPool(8)) {
            List<Integer> statuses = pool.invokeAll(racers).stream()
                    .map(each -> each.resultNow().status())
                    .sorted()
                    .toList();
            assertThat(statuses).containsExactly(202, 412, 412, 412, 412, 412, 412, 412);
        }
    }

    @Test
    void conflicts_without_a_version_are_retried_on_the_server() throws Exception {
        place("free");
        List<Callable<Http.Answer>> racers = IntStream.range(0, 8)
                .<Callable<Http.Answer>>mapToObj(i -> () -> pay("free"))
                .toList();
        try (var pool = Executors.newFixedThreadPool(8)) {
            assertThat(pool.invokeAll(racers))
                    .allMatch(each -> each.resultNow().status() == 202)
                    .allMatch(each -> each.resultNow().header("ETag").equals(tag(2)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"1.here\"",
                "W/\"1.here\"",
                "*",
                "\"x\",\"1.here\"",
                ", \"\" ,, W/\"é\" ,\t\"1.here\",",
                "\"2.here\" , W/\"1.here\""
            })
    void a_current_version_is_304(String known) {
        place("cached");
        awaitVersion("/orders/cached", 1);
        Http.Answer answer = get("/orders/cached", "If-None-Match", known.replace("here", history()));
        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.header("ETag")).isEqualTo(tag(1));
        assertThat(answer.response().body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"2.here\"", "W/\"11.here\"", "\"x\", \"*\"", "\"1\"", "\"1.ended-history\"", "\"here.1\""})
    void another_version_returns_the_resource(String known) {
        place("other");
        awaitVersion("/orders/other", 1);
        Http.Answer answer = get("/orders/other", "If-None-Match", known.replace("here", history()));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("order_id").asText()).isEqualTo("other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"1", "\"1\" \"2\"", "\"1 \"", "x, \"1\"", "* , \"1\"", "w/\"1\"", ","})
    void an_invalid_list_of_tags_is_400(String known) {
        place("broken");
        awaitVersion("/orders/broken", 1);
        problem(get("/orders/broken", "If-None-Match", known), 400, "/problems/invalid-headers");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"1.here\"'                | none                     | 200",
                "'\"x\", \"1.here\"'         | none                     | 200",
                "*                         | none                     | 200",
                "'\"2.here\"'                | none                     | 412",
                "'W/\"1.here\"'              | none                     | 412",
                "'\"*\"'                     | none                     | 412",
                "'\"1.ended-history\"'       | none                     | 412",
                "1                         | none                     | 400",
                "'\"2.here\"'                | '\"1.here\"'             | 412",
                "'\"2.here\"'                | *                        | 412",
                "'\"1.here\"'                | '\"1.here\"'             | 304",
                "'\"1.here\"'                | '\"2.here\"'             | 200"
            })
    void a_read_with_if_match_returns_only_that_version(String match, String noneMatch, int status) {
        place("read");
        awaitVersion("/orders/read", 1);
        Http.Answer answer = noneMatch.equals("none")
                ? get("/orders/read", "If-Match", match.replace("here", history()))
                : get(
                        "/orders/read",
                        "If-Match",
                        match.replace("here", history()),
                        "If-None-Match",
                        noneMatch.replace("here", history()));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.header("ETag")).isEqualTo(status < 400 ? tag(1) : "");
        if (status == 412) {
            problem(answer, 412, "/problems/precondition-failed");
            assertThat(answer.json().path("detail").asText()).contains("has the ETag " + tag(1));
        }
    }

    @Test
    void if_none_match_star_is_412_once_the_resource_exists() {
        assertThat(place("once", "If-None-Match", "*").status()).isEqualTo(202);
        assertMismatch(place("once", "If-None-Match", "*"), 1);
        assertMismatch(pay("once", "If-None-Match", "*"), 1);
        problem(pay("missing", "If-None-Match", "*"), 404, "/problems/not-found");
    }

    @Test
    void a_command_with_if_none_match_star_can_be_repeated_with_its_key() {
        String[] headers = {"If-None-Match", "*", "Idempotency-Key", "once"};
        Http.Answer first = place("repeated", headers);
        assertThat(first.status()).isEqualTo(202);
        assertThat(place("repeated", headers).header("ETag")).isEqualTo(first.header("ETag"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'\"1.here\"' | none", "'\"9.here\"' | none", "1 | none", "'*, *' | none", "* | *"})
    void a_command_accepts_only_a_star_in_if_none_match(String noneMatch, String match) {
        place("kept");
        Http.Answer answer = match.equals("none")
                ? pay("kept", "If-None-Match", noneMatch.replace("here", history()))
                : pay("kept", "If-None-Match", noneMatch, "If-Match", match);
        problem(answer, 400, "/problems/invalid-headers");
        assertThat(OverHttp.errors(answer, "field")).containsExactly("If-None-Match");
    }

    private void assertMismatch(Http.Answer answer, int current) {
        problem(answer, 412, "/problems/precondition-failed");
        assertThat(answer.json().path("current_version").asInt()).isEqualTo(current);
        assertThat(answer.header("ETag")).isEqualTo(tag(current));
    }
}
