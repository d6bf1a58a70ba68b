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

/** Access is decided before the server listens, and tokens are never printed. */
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
    void loopback_requires_no_token(String host) throws Exception {
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
    void other_addresses_require_a_token_for_each_served_side(String host, String roles, String missing) {
        assertThatThrownBy(() -> listening(roles(roles), "--host=" + host))
                .isInstanceOf(ParameterException.class)
                .hasMessage("Any client that can reach " + host + " could use this server without a token. Set "
                        + missing + ", preferably by environment variables; or listen on 127.0.0.1; or, to allow it,"
                        + " set --insecure");
    }

    private static Set<Role> roles(String names) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String name : names.split(",", -1)) {
            roles.add(Role.valueOf(name.toUpperCase(Locale.ROOT)));
        }
        return roles;
    }

    @Test
    void other_addresses_are_allowed_with_tokens_or_insecure() {
        String[] host = {"--host=192.0.2.1", "--ops-token=" + SECRET, "--read-token=" + SECRET};
        assertThat(listening(roles("read"), host).host()).isEqualTo("192.0.2.1");
        assertThatThrownBy(() -> listening(roles("read,write"), host)).hasMessageContaining("Set --write-token,");
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
    void an_invalid_token_is_rejected_and_not_repeated(String token) {
        assertThatThrownBy(() -> listening(ALL, "--ops-token=" + token))
                .hasMessageStartingWith("The value of --ops-token is not a token: it must be 16 to 512 characters")
                .hasMessageNotContaining(token);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop=" + SECRET,
                "shop=" + SECRET + "==",
                "shop=" + SECRET + ",the.office_2-b=" + SECRET + "1",
                "shop=" + SECRET + "," + SECRET + "1"
            })
    void a_token_may_have_a_name_and_several_have_different_names(String tokens) {
        assertThat(listening(ALL, "--write-token=" + tokens)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "=" + SECRET + "|is not a token",
                "a b=" + SECRET + "|is not a token",
                "a=b=" + SECRET + "|is not a token",
                "shop=short|is not a token",
                "shop=" + SECRET + ",|is not a token",
                SECRET + "," + SECRET + "1|several tokens require different names, as in shop=TOKEN,office=TOKEN",
                "a=" + SECRET + ",a=" + SECRET + "1|several tokens require different names",
                "a=" + SECRET + ",b=" + SECRET + "|each name requires a different token"
            })
    void ambiguous_tokens_are_rejected_and_not_repeated(String tokens, String message) {
        assertThatThrownBy(() -> listening(ALL, "--write-token=" + tokens))
                .hasMessageStartingWith("The value of --write-token ")
                .hasMessageContaining(message)
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void the_longest_token_has_512_characters() {
        assertThat(listening(ALL, "--read-token=" + "x".repeat(512))).isNotNull();
        assertThatThrownBy(() -> listening(ALL, "--read-token=" + "x".repeat(513)))
                .hasMessageContaining("not a token");
    }

    @Test
    void an_invalid_host_is_rejected() {
        assertThatThrownBy(() -> listening(ALL, "--host=")).hasMessageContaining("must not be empty");
        assertThatThrownBy(() -> listening(ALL, "--host=not a host"))
                .hasMessage("The host not a host cannot be resolved");
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
                assertThat(err.toString()).startsWith("Missing value for option: --write-token");
            }
            if (options.getFirst().contains("tokn")) {
                assertThat(err.toString()).startsWith("Unknown option: --write-tokn");
            }
        }
    }
}
