package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.RunningApi;
import dev.diptych.api.metrics.Metric;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of metrics says what is in the code, and what a running server shows: nothing less and nothing more. */
class MetricsPageTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static String send(RunningApi api, String path, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        request.uri(URI.create("http://127.0.0.1:" + api.port() + path));
        return CLIENT.send(request.build(), BodyHandlers.ofString()).body();
    }

    private static String scrape(RunningApi api) throws IOException, InterruptedException {
        send(
                api,
                "/orders",
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("""
                                {"order_id":"o","customer_id":"c","items":[{"sku":"lamp","quantity":1,"unit_price":1}]}
                                """)));
        return send(api, "/metrics", HttpRequest.newBuilder());
    }

    @Tag("full")
    @Test
    void the_page_says_what_the_code_names() {
        MetricsPage.current().check();
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(strings = {"memory", "postgres"})
    void a_running_server_shows_exactly_what_the_page_says(String store) throws Exception {
        try (var api = RunningApi.automated(store)) {
            String page = Repo.text(Repo.ROOT.resolve("docs/reference/metrics.md"));
            assertThat(MetricsPage.differences(page, scrape(api), store.equals("postgres")))
                    .isEmpty();
        }
    }

    @Test
    void a_metric_too_few_too_many_or_with_another_label_is_found() throws Exception {
        try (var api = RunningApi.automated("memory")) {
            String page = MetricsPage.current().text();
            String scrape = scrape(api);
            assertThat(MetricsPage.of(Arrays.asList(Metric.values()).subList(1, 4))
                            .isCurrent())
                    .isFalse();
            assertThat(MetricsPage.differences(page.replaceFirst(".*`diptych_streams_open`.*\n", ""), scrape, false))
                    .containsExactly("diptych_streams_open is gauge[], and on the page not there");
            assertThat(MetricsPage.differences(
                            page.replace("diptych_streams_open", "diptych_streams_shut"), scrape, false))
                    .hasSize(2);
            assertThat(MetricsPage.differences(page.replaceFirst("`role`", "`store`"), scrape, false))
                    .containsExactly("diptych_store_up is gauge[role], and on the page gauge[store]");
            assertThat(MetricsPage.differences(page, scrape + "# TYPE other_total counter\n", false))
                    .containsExactly("other_total is counter[], and on the page not there");
        }
    }
}
