package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README's tour, every line of it, against a server of its own. */
class ReadmeTest {

    private static final Pattern CURL = Pattern.compile("(?m)^curl .*$");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final Pattern PORT = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)");

    static Stream<String> stores() {
        return Stream.of("memory", "postgres");
    }

    @ParameterizedTest
    @MethodSource("stores")
    void the_tour_works_as_written_on_every_store(String store, @TempDir Path data) throws Exception {
        Process server = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "dev.diptych.api.Main",
                        "--port=0",
                        "--store=" + store,
                        "--postgres-data=" + data)
                .start();
        try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8)) {
            MatchResult port = PORT.matcher(String.valueOf(out.readLine()))
                    .results()
                    .findFirst()
                    .orElseThrow();
            List<Curl> tour = tour(Files.readString(Path.of("../README.md")), port.group(1));
            assertThat(tour).hasSize(3);

            assertThat(tour.get(0).send().statusCode()).isEqualTo(202);
            await("the order can be read")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> tour.get(1).send().statusCode() == 200);
            assertThat(tour.get(1).send().body())
                    .contains("\"order_id\":\"o-1\"")
                    .contains("\"total\":\"15.00\"");
            assertThat(tour.get(2).send().statusCode()).isEqualTo(409);
            assertThat(tour.get(2).send().body()).contains("has not been paid, so it cannot be shipped");
        } finally {
            server.toHandle().destroy();
            assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void an_option_that_the_tour_may_not_use_is_found() {
        assertThat(tour("curl --insecure http://127.0.0.1:7070/x", "1")).allMatch(curl -> !curl.understood());
    }

    /** One line with curl, as far as the tour needs it: -i, -X, -H, -d and a URL. */
    private record Curl(List<String> words) {

        boolean understood() {
            return words.stream()
                    .filter(word -> word.startsWith("-"))
                    .allMatch(List.of("-i", "-X", "-H", "-d")::contains);
        }

        HttpResponse<String> send() throws Exception {
            assertThat(understood()).as("options of %s", words).isTrue();
            String url = words.stream()
                    .filter(word -> word.startsWith("http"))
                    .findFirst()
                    .orElseThrow();
            var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30));
            String method = words.contains("-X") ? after("-X") : words.contains("-d") ? "POST" : "GET";
            request.method(
                    method, words.contains("-d") ? BodyPublishers.ofString(after("-d")) : BodyPublishers.noBody());
            if (words.contains("-H")) {
                String[] header = after("-H").split(": ", 2);
                request.header(header[0], header[1]);
            }
            try (HttpClient client = HttpClient.newHttpClient()) {
                return client.send(request.build(), BodyHandlers.ofString());
            }
        }

        private String after(String option) {
            return words.get(words.indexOf(option) + 1);
        }
    }

    private static List<Curl> tour(String text, String port) {
        List<Curl> tour = new ArrayList<>();
        CURL.matcher(text)
                .results()
                .forEach(line ->
                        tour.add(new Curl(WORD.matcher(line.group().replace("127.0.0.1:7070", "127.0.0.1:" + port))
                                .results()
                                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                                .skip(1)
                                .toList())));
        return tour;
    }
}
