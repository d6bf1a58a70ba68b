package dev.diptych.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer, whoever gives it, tells browsers what not to do with it. */
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
    void an_answer_of_the_api_is_no_page(String request, int status) throws IOException {
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
    void what_the_server_refuses_by_itself_is_no_page_either(String request) throws IOException {
        assertThat(send(request).text()).containsIgnoringCase(NO_PAGE).containsIgnoringCase("cache-control: no-store");
    }

    @Test
    void headers_that_are_too_large_are_refused_with_them_too() throws IOException {
        assertThat(send("GET /orders HTTP/1.1\nHost: localhost\nX-Long: " + "x".repeat(20_000) + "\n\n")
                        .status())
                .isEqualTo(431);
    }

    @Test
    void a_read_may_be_kept_but_is_asked_for_anew_and_is_then_304() throws IOException {
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
    void a_problem_is_not_kept() {
        for (String path : List.of("/orders/none", "/orders?limit=x", "/nowhere")) {
            assertThat(http.get(path).header("Cache-Control")).as(path).isEqualTo("no-store");
        }
    }

    @Test
    void the_page_says_for_itself_what_it_may_do() throws IOException {
        RawAnswer page = send("GET / HTTP/1.1\nHost: localhost\nConnection: close\n\n");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).containsIgnoringCase("script-src 'self'").doesNotContainIgnoringCase(NO_PAGE);
    }
}
