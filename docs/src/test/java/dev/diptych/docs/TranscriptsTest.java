package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.api.RunningApi;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a page shows at a prompt is what happens: on both stores, each time from an empty store on. */
class TranscriptsTest {

    @TempDir
    private Path directory;

    static Stream<Arguments> sessions() {
        return Repo.pages().stream().flatMap(TranscriptsTest::sessionsOf);
    }

    /** The page on each store; nothing when it shows no session. */
    static Stream<Arguments> sessionsOf(Page page) {
        return page.fences("console").isEmpty()
                ? Stream.of()
                : Stream.of("memory", "postgres").map(store -> Arguments.of(page, store));
    }

    @Tag("full")
    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("sessions")
    void a_session_goes_as_shown(Page page, String store) throws Exception {
        List<String> played = replay(page, store);
        if (Repo.UPDATE) {
            Page.read(page.path())
                    .with("console", played)
                    .write(); // read again: its snippets may have been written meanwhile
        } else {
            assertThat(page.text())
                    .as("-Dupdate.docs rewrites it")
                    .isEqualTo(page.with("console", played).text());
        }
    }

    private List<String> replay(Page page, String store) throws Exception {
        boolean automated = page.text().contains("was started with `--cancel-unpaid-after=14d --renew-subscriptions`");
        try (RunningApi api = automated ? RunningApi.automated(store) : RunningApi.on(store)) {
            Prompt prompt = Prompt.in(directory, api.port());
            var transcript = new Transcript(command -> {
                api.settle();
                return prompt.output(command);
            });
            return transcript.replay(page);
        }
    }

    @Test
    void the_naive_reader_loses_events_as_shown_and_the_reader_of_this_store_none() throws Exception {
        NaiveReader.Outcome outcome = NaiveReader.run(10);

        assertThat(outcome.lostByTheNaiveOne())
                .as("never seen by the naive reader")
                .isPositive();
        assertThat(outcome.lostByTheStore())
                .as("never seen by this store's reader")
                .isZero();
        List<String> shown = Repo.pages().stream()
                .flatMap(page -> page.fences("console").stream())
                .filter(fence -> !fence.noted("run").isEmpty())
                .map(fence -> fence.noted("run") + "\n" + withoutNumbers(fence.text()))
                .toList();
        assertThat(shown).containsExactly("NaiveReader\n" + withoutNumbers("$ mvn -q -Pnaive\n" + outcome.inWords()));
    }

    private static String withoutNumbers(String text) {
        return text.replaceAll("\\d[\\d,]*", "*");
    }

    private static final String SHOWN = """
            Before.

            ```console
            $ token=$(curl -i http://127.0.0.1:7070/orders -d '{"customer_id":"c-1"}')
            $ echo "$token"
            HTTP/1.1 202 Accepted
            Location: /orders/9c1f1c5e-6a54-4a43-8f9d-1d5d8a0c6b11?after=c2hvd24tb24tdGhlLXBhZ2UuMQ
            ETag: "1.a7f3c15b20e9"
            Consistency-Token: c2hvd24tb24tdGhlLXBhZ2UuMQ
            ...

            {"status":"accepted"}
            ```

            Between.

            ```console
            $ curl -s \\
                -H "Consistency-Token: $token" \\
                http://127.0.0.1:7070/orders/o-1
            {"placed_at":"2026-01-01T00:00:00.000001Z","version":1}
            $ curl -s http://127.0.0.1:7070/orders/o-1
            {"placed_at":"2026-01-01T00:00:00.000001Z","version":1}
            ```
            """;

    /** What happens: another id, another history, another token, another time. */
    private static String now(String command) {
        if (command.startsWith("echo")) {
            return """
                    HTTP/1.1 202 Accepted
                    Location: /orders/00000000-6a54-4a43-8f9d-1d5d8a0c6b22?after=Z2l2ZW4tb3V0LWJ5LXRoaXMtb25lLjE
                    ETag: "1.0123456789ab"
                    Consistency-Token: Z2l2ZW4tb3V0LWJ5LXRoaXMtb25lLjE
                    ...

                    {"status":"accepted"}
                    """;
        }
        return command.startsWith("curl") ? "{\"placed_at\":\"2027-11-25T04:30:00Z\",\"version\":1}\n" : "";
    }

    private static String replayed(String shown) throws Exception {
        Page page = Page.planted(shown);
        return page.with("console", new Transcript(TranscriptsTest::now).replay(page))
                .text();
    }

    @Test
    void what_is_never_the_same_is_compared_by_where_it_stands() throws Exception {
        assertThat(replayed(SHOWN)).isEqualTo(SHOWN);
    }

    /** The last one is the time of one order, told in two ways. */
    @ParameterizedTest
    @CsvSource({
        "202 Accepted,200 OK",
        "/orders/9c1f1c5e,/order/9c1f1c5e",
        "1.a7f3,2.a7f3",
        "...,''",
        "00:00:00.000001Z,00:00:00.000002Z"
    })
    void an_output_that_differs_is_found_and_all_are_rewritten(String output, String lie) throws Exception {
        String lying = SHOWN.replaceFirst(Pattern.quote(output), lie);
        assertThat(lying).isNotEqualTo(SHOWN);
        assertThat(replayed(lying))
                .contains("1.0123456789ab", "2027-11-25T04:30:00Z")
                .doesNotContain("1.a7f3c15b20e9", "2026-01-01");
    }

    @Test
    void a_command_sees_the_variables_of_those_before_it() throws Exception {
        Prompt prompt = Prompt.in(directory, 1);
        assertThat(prompt.output("seen='a b'")).isEmpty();
        assertThat(prompt.output("again=\"$seen c\"; echo \"$again\"")).isEqualTo("a b c\n");
        assertThat(prompt.output("echo \"$seen, $again\"")).isEqualTo("a b, a b c\n");
    }

    @Test
    void a_tool_that_is_not_installed_is_named() throws Exception {
        Prompt prompt = Prompt.in(directory, 1);
        assertThatThrownBy(() -> prompt.output("no-such-tool ."))
                .hasMessageContaining("may need curl and jq to be installed")
                .hasMessageContaining("no-such-tool: command not found");
    }
}
