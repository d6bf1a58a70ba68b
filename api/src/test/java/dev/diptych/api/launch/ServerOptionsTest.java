package dev.diptych.api.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.api.Role;
import dev.diptych.api.http.server.Listening;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** To whom a server is open is decided before it listens, and what lets in is told to nobody. */
class ServerOptionsTest {

    private static final Set<Role> ALL = EnumSet.allOf(Role.class);
    private static final String SECRET = "a-secret-0123456789";

    @Command
    private static final class Line {
        @Mixin
        private ServerOptions server = new ServerOptions();
    }

    private static Listening listening(Set<Role> roles, String... options) {
        var line = new Line();
        new CommandLine(line).parseArgs(options);
        return line.server.listening(roles);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "localhost", "::ffff:127.0.0.1"})
    void on_loopback_no_token_is_needed(String host) throws Exception {
        Listening listening = listening(ALL, "--host=" + host);
        assertThat(InetAddress.getByName(listening.host()).isLoopbackAddress()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 'write,read,project', '--write-token, --read-token, --ops-token'",
        "::, 'write,read,project', '--write-token, --read-token, --ops-token'",
        "192.0.2.1, write, '--write-token, --ops-token'",
        "192.0.2.1, read, '--read-token, --ops-token'",
        "2001:db8::1, project, --ops-token",
        "::ffff:192.0.2.1, project, --ops-token"
    })
    void elsewhere_it_is_refused_without_a_token_for_each_side_that_is_served(
            String host, String roles, String missing) {
        assertThatThrownBy(() -> listening(roles(roles), "--host=" + host))
                .isInstanceOf(ParameterException.class)
                .hasMessage("Whoever can reach " + host + " could use this server without a token. Give " + missing
                        + ", best by the environment; or listen on 127.0.0.1; or say --insecure, if that is what you"
                        + " mean");
    }

    private static Set<Role> roles(String names) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String name : names.split(",", -1)) {
            roles.add(Role.valueOf(name.toUpperCase(Locale.ROOT)));
        }
        return roles;
    }

    @Test
    void elsewhere_it_listens_with_a_token_for_each_side_or_when_told_to() {
        String[] host = {"--host=192.0.2.1", "--ops-token=" + SECRET, "--read-token=" + SECRET};
        assertThat(listening(roles("read"), host).host()).isEqualTo("192.0.2.1");
        assertThatThrownBy(() -> listening(roles("read,write"), host)).hasMessageContaining("Give --write-token,");
        assertThat(listening(ALL, "--host=0.0.0.0", "--insecure").host()).isEqualTo("0.0.0.0");
        assertThatThrownBy(() -> listening(ALL, "--host=0.0.0.0", "--insecure=false"))
                .hasMessageContaining("without a token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short-012345678",
                "with space-0123456789",
                "ümlaut-0123456789",
                "=-0123456789abcdef",
                "a=b-0123456789abc"
            })
    void what_cannot_be_a_token_is_refused_without_repeating_it(String token) {
        assertThatThrownBy(() -> listening(ALL, "--ops-token=" + token))
                .hasMessageStartingWith("The value of --ops-token is no token: it must have 16 to 512 characters")
                .hasMessageNotContaining(token);
    }

    @Test
    void the_longest_token_has_512_characters() {
        assertThat(listening(ALL, "--read-token=" + "x".repeat(512))).isNotNull();
        assertThatThrownBy(() -> listening(ALL, "--read-token=" + "x".repeat(513)))
                .hasMessageContaining("no token");
    }

    @Test
    void a_host_that_is_none_is_refused() {
        assertThatThrownBy(() -> listening(ALL, "--host=")).hasMessageContaining("must not be empty");
        assertThatThrownBy(() -> listening(ALL, "--host=not a host")).hasMessage("The host not a host cannot be found");
    }

    @Test
    void a_misspelt_option_is_named_without_its_value() {
        for (List<String> options : List.of(
                List.of("--write-tokn=" + SECRET),
                List.of("--write-tokn", SECRET),
                List.of("--jdbc-passwort=" + SECRET),
                List.of(SECRET),
                List.of("--write-token", "--read-token=" + SECRET),
                List.of("--port=x", "--ops-token=" + SECRET),
                List.of("--ops-token=" + SECRET, "--ops-token=" + SECRET + "1"))) {
            var err = new StringWriter();
            int code = Main.line().setErr(new PrintWriter(err)).execute(options.toArray(String[]::new));
            assertThat(code).as(options.toString()).isEqualTo(2);
            assertThat(err.toString()).contains("Usage: diptych").doesNotContain(SECRET);
            if (options.getFirst().equals("--write-token")) {
                assertThat(err.toString()).startsWith("A value is missing for --write-token");
            }
            if (options.getFirst().contains("tokn")) {
                assertThat(err.toString()).startsWith("Not known: --write-tokn");
            }
        }
    }
}
