package dev.diptych.api.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Diptych;
import dev.diptych.api.http.server.Listening;
import dev.diptych.api.launch.MemoryStore;
import dev.diptych.api.support.OverHttp;
import dev.diptych.api.support.RawAnswer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server without tokens accepts requests from its own machine, but not from web pages of other sites. */
class LoopbackGuardTest extends OverHttp {

    private static RawAnswer get(int port, String host) throws IOException {
        return RawAnswer.to(port, "GET /orders HTTP/1.1\nHost: " + host + "\nConnection: close\n\n");
    }

    private static RawAnswer ship(int port, String host, String origin) throws IOException {
        return RawAnswer.to(
                port,
                "POST /orders/o/ship HTTP/1.1\nHost: " + host + "\nOrigin: " + origin
                        + "\nContent-Length: 0\nConnection: close\n\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:80",
                "shop.localhost",
                "127.0.0.1:7070",
                "127.255.0.9",
                "[::1]:7070",
                "[0:0:0:0:0:0:0:1]"
            })
    void the_names_of_the_machine_are_accepted_as_host(String host) throws IOException {
        assertThat(get(diptych.port(), host).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "evil.example:7070",
                "128.0.0.1",
                "0.0.0.0",
                "[::2]"
            })
    void dns_rebinding_is_rejected(String host) throws IOException {
        RawAnswer read = get(diptych.port(), host);
        assertThat(read.status()).as(read.text()).isEqualTo(421);
        assertThat(read.type()).contains("/problems/foreign-host");
        assertThat(ship(diptych.port(), host, "http://" + host).status()).isEqualTo(421);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "http://localhost:1",
                "http://localhost",
                "https://localhost:7070.evil.example",
                "localhost:7070"
            })
    void a_web_page_of_another_site_changes_nothing(String origin) throws IOException {
        RawAnswer answer = ship(diptych.port(), "localhost:7070", origin);
        assertThat(answer.status()).as(answer.text()).isEqualTo(403);
        assertThat(answer.type()).contains("/problems/foreign-origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:7070", "https://LOCALHOST:7070"})
    void its_own_page_can_send_commands(String origin) throws IOException {
        assertThat(ship(diptych.port(), "localhost:7070", origin).type()).contains("/problems/not-found");
    }

    @Test
    void with_a_token_every_host_and_origin_is_accepted() throws IOException {
        Map<Side, String> tokens = Map.of(Side.WRITE, "write-0123456789");
        try (var some = Diptych.start(
                MemoryStore.open(),
                new Listening("127.0.0.1", 0, Listening.IDLE, Access.forThisMachine(tokens, "shop.example")))) {
            RawAnswer answer = RawAnswer.to(some.port(), """
                    POST /orders/o/ship HTTP/1.1
                    Host: any.example
                    Origin: https://other.example
                    Authorization: Bearer write-0123456789
                    Content-Length: 0
                    Connection: close

                    """);
            assertThat(answer.status()).as(answer.text()).isEqualTo(404);
            assertThat(get(some.port(), "any.example").status())
                    .as("the other side has no token")
                    .isEqualTo(421);
            assertThat(get(some.port(), "shop.example:80").status())
                    .as("the name that it was started with")
                    .isEqualTo(200);
        }
    }
}
