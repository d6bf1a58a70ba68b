package dev.diptych.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The page as files: what is served, as what, and that nothing in it points outside. */
class PageTest extends OverHttp {

    private static final Path FILES = Path.of("src/main/resources/dev/diptych/api/page");
    private static final Pattern REFERENCE =
            Pattern.compile("(?:src=|href=|url\\(|from |import |fetch\\()\"([^\"#]+)\"");

    @Test
    void the_page_is_html_for_whoever_asks_for_html() {
        Http.Answer page = get("/", "text/html,application/xhtml+xml");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualToIgnoringWhitespace("text/html;charset=utf-8");
        assertThat(page.response().body()).startsWith("<!DOCTYPE html>").contains("<html lang=\"en\">");
    }

    @Test
    void the_page_may_load_nothing_but_this_servers_files_and_run_nothing_that_is_written_into_it() {
        Http.Answer page = get("/", "text/html");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'")
                .contains("script-src 'self'")
                .contains("base-uri 'none'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe", "http", "*");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.response().body()).doesNotContain("style=", "<style", " onclick");
    }

    @Test
    void each_file_that_the_page_names_is_there_with_its_type_and_each_that_is_there_is_named() throws IOException {
        Set<String> seen = new HashSet<>();
        Queue<String> open = new ArrayDeque<>(Set.of("/"));
        while (!open.isEmpty()) {
            String path = open.remove();
            if (seen.add(path)) {
                Http.Answer answer = get(path, "*/*");
                assertThat(answer.status()).as(path).isEqualTo(200);
                assertThat(answer.header("Content-Type")).as(path).startsWith(typeOf(path));
                assertThat(answer.header("ETag")).as(path).matches("W/\"[0-9a-f]{32}\"");
                references(path, answer.response().body()).forEach(open::add);
            }
        }
        assertThat(seen).containsAll(files());
    }

    /** What a file names, made absolute; anything outside would stand out as a path that is not there. */
    private static Stream<String> references(String path, String text) {
        return path.matches(".*\\.(woff2|txt|json)")
                ? Stream.of()
                : REFERENCE
                        .matcher(text)
                        .results()
                        .map(found -> java.net
                                .URI
                                .create(path)
                                .resolve(found.group(1))
                                .toString());
    }

    private static Set<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(FILES)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> "/page/" + FILES.relativize(file).toString().replace('\\', '/'))
                    .filter(path -> !path.endsWith("index.html") && !path.endsWith("ofl.txt"))
                    .collect(Collectors.toSet());
        }
    }

    private static String typeOf(String path) {
        Matcher ending = Pattern.compile("\\.(\\w+)$").matcher(path);
        return switch (ending.find() ? ending.group(1) : "") {
            case "js" -> "text/javascript";
            case "css" -> "text/css";
            case "svg" -> "image/svg+xml";
            case "woff2" -> "font/woff2";
            case "json" -> "application/json";
            default -> "text/html";
        };
    }

    @Test
    void a_file_that_has_not_changed_is_not_sent_again() {
        String tag = get("/page/main.js", "*/*").header("ETag");
        Http.Answer again = http.send(
                http.request("/page/main.js").header("If-None-Match", tag).GET());
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.header("Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void no_name_leads_out_of_the_page() {
        for (String path : Set.of(
                "/page/none.js",
                "/page/PageRoutes.class",
                "/page/..%2Fdemo%2Forders.jsonl",
                "/page/%2E%2E/demo/orders.jsonl",
                "/page/lib/../main.js%00",
                "/page//etc/passwd")) {
            assertThat(get(path, "*/*").status()).as(path).isIn(400, 404);
        }
    }

    @Test
    void the_other_routes_are_json_as_before() {
        assertThat(get("/orders", "text/html").status()).isEqualTo(406);
    }

    @Test
    void without_a_lab_nobody_reads_events_or_streams() {
        assertThat(get("/lab/events", "*/*").status()).isEqualTo(404);
        assertThat(get("/lab/streams/order-1", "*/*").status()).isEqualTo(404);
        assertThat(http.post("/lab/projections/order-list/slow", "{\"delay_ms\":1}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void the_catalogue_is_of_the_demo_book() throws IOException {
        JsonNode catalogue = get("/page/catalogue.json", "*/*").json();
        Set<String> sold = Book.read().orders().stream()
                .flatMap(order -> StreamSupport.stream(order.get("items").spliterator(), false))
                .map(item -> item.get("sku").asText() + " " + item.get("name").asText() + " "
                        + item.get("unit_price").asText())
                .collect(Collectors.toSet());
        assertThat(catalogue.get("products"))
                .hasSize(109)
                .allSatisfy(product -> assertThat(sold)
                        .contains(product.get("sku").asText() + " "
                                + product.get("name").asText() + " "
                                + product.get("unit_price").asText().replace(".00", "")));
        Set<String> customers = Book.read().orders().stream()
                .map(order -> order.get("customer_id").asText() + " "
                        + order.get("customer_name").asText())
                .collect(Collectors.toSet());
        assertThat(catalogue.get("customers"))
                .hasSameSizeAs(customers)
                .allSatisfy(customer -> assertThat(customers)
                        .contains(customer.get("customer_id").asText() + " "
                                + customer.get("name").asText()));
    }

    private static Http.Answer get(String path, String accept) {
        return http.send(http.request(path).header("Accept", accept).GET());
    }
}
