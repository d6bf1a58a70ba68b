package dev.diptych.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.http.input.EntityTags;
import dev.diptych.api.support.DemoOrders;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OverHttp;
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

/** The files of the page: their types and caching, and no references to other servers. */
class PageTest extends OverHttp {

    private static final Path FILES = Path.of("src/main/resources/dev/diptych/api/page");
    private static final Pattern REFERENCE =
            Pattern.compile("(?:src=|href=|url\\(|from |import |fetch\\()\"([^\"#]+)\"");

    @Test
    void the_page_is_served_as_html() {
        Http.Answer page = get("/", "text/html,application/xhtml+xml");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualToIgnoringWhitespace("text/html;charset=utf-8");
        assertThat(page.response().body()).startsWith("<!DOCTYPE html>").contains("<html lang=\"en\">");
    }

    @Test
    void the_security_policy_allows_only_files_of_this_server() {
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
    void every_referenced_file_exists_and_every_file_is_referenced() throws IOException {
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

    /** Returns the references of a file as absolute paths; one to another server would not exist here. */
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
    void a_file_that_has_not_changed_is_not_sent_again() throws IOException {
        String tag = get("/page/main.js", "*/*").header("ETag");
        assertThat(tag)
                .as("made of the content")
                .isEqualTo(EntityTags.of(Files.readAllBytes(FILES.resolve("main.js"))));
        Http.Answer again = http.get("/page/main.js", "If-None-Match", tag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.header("Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void every_module_is_preloaded() throws IOException {
        String page = get("/", "text/html").response().body();
        Set<String> preloaded = Pattern.compile("<link rel=\"modulepreload\" href=\"([^\"]+)\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        preloaded.add("/page/main.js");
        assertThat(preloaded)
                .isEqualTo(files().stream().filter(path -> path.endsWith(".js")).collect(Collectors.toSet()));
    }

    @Test
    void no_path_leaves_the_page() {
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
    void other_routes_do_not_return_html() {
        assertThat(get("/orders", "text/html").status()).isEqualTo(406);
    }

    @Test
    void without_the_lab_option_its_routes_do_not_exist() {
        assertThat(get("/lab/events", "*/*").status()).isEqualTo(404);
        assertThat(get("/lab/streams/order-1", "*/*").status()).isEqualTo(404);
        assertThat(http.post("/lab/projections/order-list/slow", "{\"delay_ms\":1}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void the_catalogue_matches_the_demo_data() throws IOException {
        JsonNode catalogue = get("/page/catalogue.json", "*/*").json();
        Set<String> sold = DemoOrders.read().orders().stream()
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
        Set<String> customers = DemoOrders.read().orders().stream()
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
        return http.get(path, "Accept", accept);
    }
}
