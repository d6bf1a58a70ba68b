package dev.diptych.api.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.support.Http;
import dev.diptych.api.support.OnStore;
import dev.diptych.api.support.OverHttp;
import dev.diptych.api.support.RawAnswer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every response has the security headers. */
class SecurityHeadersTest extends OverHttp {

    private static final List<String> EVERYWHERE = List.of(
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
            "cross-origin-resource-policy: same-origin",
            "cross-origin-opener-policy: same-origin");

    private static final String NO_PAGE = "content-security-policy: default-src 'none'; frame-ancestors 'none'";

    private static RawAnswer send(String request) throws IOException {
        RawAnswer answer = RawAnswer.to(diptych.port(), request);
        String head = answer.text().toLowerCase(Locale.ROOT);
        for (String header : EVERYWHERE) {
            assertThat(head.split(header, -1))
                    .as("%s, once, in %s", header, head)
                    .hasSize(2);
        }
        assertThat(head.split("content-security-policy: ", -1)).hasSize(2);
        assertThat(head.split("cache-control: ", -1)).hasSize(2);
        assertThat(head).doesNotContain("server: ").doesNotContain("x-powered-by");
        return answer;
    }

    @ParameterizedTest
    @CsvSource({
        "GET /orders, 200",
        "GET /nowhere, 404",
        "GET /orders/none, 404",
        "GET /orders?limit=x, 400",
        "DELETE /orders, 405",
        "POST /orders/none/ship, 404",
        "HEAD /orders, 200",
        "GET /health/ready, 200",
        "GET /problems, 200",
        "GET /projections, 200"
    })
    void responses_of_the_api_are_not_rendered_as_pages(String request, int status) throws IOException {
        RawAnswer answer = send(request + " HTTP/1.1\nHost: localhost\nContent-Length: 0\nConnection: close\n\n");
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.text()).containsIgnoringCase(NO_PAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rubbish\n\n",
                "GET / HTTP/9.9\n\n",
                "GET /orders HTTP/1.1\n\n",
                "GET /orders/%zz HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                "GET /orders/a%2Fb HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                "FOO /orders HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                "TRACE /orders HTTP/1.1\nHost: localhost\nConnection: close\n\n"
            })
    void errors_before_routing_are_not_rendered_as_pages(String request) throws IOException {
        assertThat(send(request).text()).containsIgnoringCase(NO_PAGE).containsIgnoringCase("cache-control: no-store");
    }

    @Test
    void oversized_headers_are_rejected_with_security_headers() throws IOException {
        assertThat(send("GET /orders HTTP/1.1\nHost: localhost\nX-Long: " + "x".repeat(20_000) + "\n\n")
                        .status())
                .isEqualTo(431);
    }

    @Test
    void a_response_can_be_cached_and_revalidated() throws IOException {
        Http.Answer placed =
                http.post("/orders", "{\"order_id\":\"kept\",\"customer_id\":\"c\"," + OnStore.ITEMS + "}");
        assertThat(placed.header("Cache-Control")).isEqualTo("no-store");
        Http.Answer read = http.getOnceVisible(placed.header("Location"));
        assertThat(read.header("Cache-Control")).isEqualTo("private, no-cache");
        RawAnswer again = send("GET /orders/kept HTTP/1.1\nHost: localhost\nIf-None-Match: " + read.header("ETag")
                + "\nConnection: close\n\n");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.text()).containsIgnoringCase(NO_PAGE).containsIgnoringCase("cache-control: private, no-cache");
    }

    @Test
    void a_problem_is_not_cached() {
        for (String path : List.of("/orders/none", "/orders?limit=x", "/nowhere")) {
            assertThat(http.get(path).header("Cache-Control")).as(path).isEqualTo("no-store");
        }
    }

    @Test
    void the_page_has_a_policy_of_its_own() throws IOException {
        RawAnswer page = send("GET / HTTP/1.1\nHost: localhost\nConnection: close\n\n");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).containsIgnoringCase("script-src 'self'").doesNotContainIgnoringCase(NO_PAGE);
    }
}
