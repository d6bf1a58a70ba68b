package dev.diptych.api.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.api.Automations;
import dev.diptych.api.Role;
import dev.diptych.api.Store;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** A node requires the options of its roles. */
class StoreOptionsTest {

    private static final String URL = "jdbc:postgresql://127.0.0.1:1/shop";

    @Command
    private static final class Line {
        @Mixin
        private StoreOptions store = new StoreOptions();
    }

    private static StoreOptions options(String... options) {
        var line = new Line();
        new CommandLine(line).parseArgs(options);
        return line.store;
    }

    private static void refused(String why, String... options) {
        assertThatThrownBy(() -> options(options).open(Automations.NONE))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(why);
    }

    @Test
    void a_node_has_all_roles_by_default() {
        assertThat(options().roles()).isEqualTo(EnumSet.allOf(Role.class));
        assertThat(options("--role=all").roles()).isEqualTo(EnumSet.allOf(Role.class));
        assertThat(options("--role=read").roles()).containsExactly(Role.READ);
        assertThat(options("--role=write,read").roles()).containsExactlyInAnyOrder(Role.WRITE, Role.READ);
        assertThat(options("--role=project", "--role", "write").roles())
                .containsExactlyInAnyOrder(Role.WRITE, Role.PROJECT);
        assertThat(options("--role=write,all").roles()).isEqualTo(EnumSet.allOf(Role.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--role=", "--role=writer", "--role=read,,write", "--role=READ"})
    void an_unknown_role_is_rejected(String option) {
        assertThatThrownBy(() -> options(option))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--role");
    }

    @Test
    void the_memory_store_has_one_node() {
        refused("The memory store serves a single node with all roles. For a node with the role write", "--role=write");
        try (Store store = options("--role=write,read,project,automate").open(Automations.NONE)) {
            assertThat(store.name()).isEqualTo("memory");
        }
    }

    @Test
    void the_embedded_server_has_one_node() {
        refused(
                "For a node with the role read, give the URL of a shared PostgreSQL: --read-jdbc-url",
                "--store=postgres",
                "--role=read");
    }

    @Test
    void each_role_requires_only_its_own_user() {
        for (Role role : Role.connections(EnumSet.allOf(Role.class))) {
            PostgresStore.Access access = access(role, "--" + role + "-jdbc-url=" + URL, "--" + role + "-jdbc-user=me");
            assertThat(access.owner()).as("who migrates").isEmpty();
            assertThat(access.users()).containsOnlyKeys(role);
            assertThat(access.users().get(role).user()).isEqualTo("me");
        }
    }

    @Test
    void the_role_automate_requires_the_users_of_the_reader_and_the_writer() {
        PostgresStore.Access access =
                access(Role.AUTOMATE, "--read-jdbc-url=" + URL, "--write-jdbc-url=" + URL, "--write-jdbc-user=me");
        assertThat(access.roles()).containsExactly(Role.AUTOMATE);
        assertThat(access.users()).containsOnlyKeys(Role.READ, Role.WRITE);
        assertThat(access.users().get(Role.WRITE).user()).isEqualTo("me");
        assertThatThrownBy(() -> access(Role.AUTOMATE, "--write-jdbc-url=" + URL))
                .hasMessageContaining("The option --read-jdbc-url must begin");
    }

    @Test
    void a_role_without_a_user_is_rejected() {
        assertThatThrownBy(() -> access(Role.READ, "--write-jdbc-url=" + URL))
                .hasMessageContaining("The option --read-jdbc-url must begin with jdbc:postgresql://, but is missing");
    }

    @Test
    void a_given_owner_migrates_unless_disabled() {
        assertThat(access(Role.READ, "--jdbc-url=" + URL).owner()).isPresent();
        assertThat(access(Role.READ, "--jdbc-url=" + URL, "--migrate").owner()).isPresent();
        assertThat(access(Role.READ, "--jdbc-url=" + URL, "--migrate=false").owner())
                .isEmpty();
        assertThat(access(Role.READ, "--read-jdbc-url=" + URL, "--migrate=false")
                        .owner())
                .isEmpty();
        assertThatThrownBy(() -> access(Role.READ, "--read-jdbc-url=" + URL, "--migrate"))
                .hasMessageContaining("The option --jdbc-url must begin with jdbc:postgresql://, but is missing");
        assertThatThrownBy(() -> access(Role.READ, "--read-jdbc-url=" + URL, "--migrate=perhaps"))
                .hasMessage("The option --migrate must be true or false, but is perhaps");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "-5", "5s", "1.5", "1000000"})
    void the_limit_of_a_replicas_lag_is_a_number_of_seconds(String value) {
        refused(
                "The option --max-replica-lag must be a number of seconds from 5 to 999999, but is " + value,
                "--store=postgres",
                "--read-jdbc-url=" + URL,
                "--max-replica-lag=" + value);
    }

    @Command
    private static final class PostgresLine {
        @Mixin
        private PostgresOptions postgres = new PostgresOptions();
    }

    private static PostgresStore.Access access(Role role, String... options) {
        var line = new PostgresLine();
        new CommandLine(line).parseArgs(options);
        return line.postgres.access(EnumSet.of(role));
    }
}
