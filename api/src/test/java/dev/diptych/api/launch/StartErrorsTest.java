package dev.diptych.api.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Role;
import dev.diptych.api.Store;
import dev.diptych.api.support.Program;
import dev.diptych.api.support.TestPostgres;
import dev.diptych.store.postgres.PostgresPool.Settings;
import dev.diptych.store.postgres.faults.Pooler;
import dev.diptych.store.postgres.faults.PostgresServer;
import dev.diptych.store.postgres.faults.Relay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A node that cannot start on PostgreSQL prints one line, with the cause and the remedy. */
class StartErrorsTest {

    private static final Path PAGE = Path.of("..", "docs", "howto", "run-on-postgres.md");

    /** Of this test alone: it has other users, and asks one of them for a password. */
    private static PostgresServer server;

    @BeforeAll
    static void create(@TempDir Path directory) throws Exception {
        Path data = directory.resolve("data");
        server = PostgresServer.create(data);
        Path access = data.resolve("pg_hba.conf");
        Files.writeString(access, "host all guarded all scram-sha-256\n" + Files.readString(access));
        execute("SELECT pg_reload_conf()");
        execute("CREATE ROLE guarded LOGIN PASSWORD 'secret'");
        execute("CREATE ROLE shop LOGIN"); // who may create no roles
        execute("CREATE DATABASE shop OWNER shop");
        Settings owner = Settings.of(url("shop"), "shop", "", "test");
        PostgresStore.open("postgres", PostgresStore.Access.all(owner, owner, owner, owner))
                .close();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static void execute(String sql) {
        server.execute("postgres", sql);
    }

    private static String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database;
    }

    /** Returns the line that a failing start prints. */
    private static String refusal(String... options) {
        String[] all = new String[options.length + 1];
        all[0] = "--store=postgres";
        System.arraycopy(options, 0, all, 1, options.length);
        String output = Program.runHere(1, all);
        assertThat(output).startsWith("Diptych cannot start: ").hasLineCount(1);
        return output;
    }

    private static void createOwner(String name) {
        execute("CREATE ROLE " + name + " LOGIN IN ROLE shop");
    }

    private static void assertStarts(String url, String user) {
        Map<Role, Settings> users = TestPostgres.all(Settings.of(url, user, "", "test"));
        PostgresStore.open("postgres", new PostgresStore.Access(Optional.empty(), users))
                .close();
    }

    @Test
    void a_missing_database_is_reported_with_the_statement_to_create_it() {
        assertThat(refusal("--jdbc-url=" + url("missing"), "--jdbc-user=postgres"))
                .contains("database \"missing\" does not exist")
                .contains("CREATE DATABASE \"missing\" ENCODING 'UTF8' TEMPLATE template0");
    }

    @Test
    void an_address_without_a_server_is_reported() {
        assertThat(refusal("--jdbc-url=jdbc:postgresql://127.0.0.1:1/shop", "--jdbc-user=me"))
                .contains("No PostgreSQL accepts connections at 127.0.0.1:1,")
                .contains("Connection refused")
                .contains("--jdbc-url");
        String tooLong = "a".repeat(64); // no name server is asked
        assertThat(refusal("--jdbc-url=jdbc:postgresql://" + tooLong + "/shop", "--jdbc-user=me"))
                .contains("No PostgreSQL accepts connections at " + tooLong + ":5432,")
                .contains("unknown host");
    }

    @ParameterizedTest
    @CsvSource({
        "guarded, wrong, password authentication failed for user \"guarded\"",
        "guarded, '', but no password was provided",
        "stranger, '', role \"stranger\" does not exist"
    })
    void a_failed_login_is_reported_with_the_options(String user, String password, String reason) {
        assertThat(refusal("--jdbc-url=" + url("postgres"), "--jdbc-user=" + user, "--jdbc-password=" + password))
                .contains("Cannot connect as diptych-migrate (" + user + " at " + url("postgres") + ")")
                .contains(reason)
                .contains("Options: --jdbc-url, --jdbc-user, --jdbc-password; environment: DIPTYCH_JDBC_URL, ");
    }

    @Test
    @Tag("full") // the pool tries again for 5 seconds
    void the_options_of_a_role_are_named() {
        assertThat(refusal(
                        "--role=read",
                        "--read-jdbc-url=" + url("postgres") + "?password=hidden",
                        "--read-jdbc-user=stranger"))
                .doesNotContain("hidden")
                .contains("Cannot connect as diptych-read (stranger at " + url("postgres") + ")")
                .contains("--read-jdbc-user, --read-jdbc-password; environment: DIPTYCH_READ_JDBC_URL, ")
                .contains("default: the same options without read");
    }

    @Test
    void a_pooler_that_drops_the_settings_is_detected() throws Exception {
        createOwner("dropped");
        execute("ALTER ROLE dropped SET default_transaction_isolation = 'serializable'");
        try (Relay relay = Relay.to(url("shop"))) {
            relay.actAs(Pooler.DROPS_OPTIONS);
            String through = relay.url(url("shop"));
            String refusal = refusal("--migrate=false", "--jdbc-url=" + through, "--jdbc-user=dropped");
            assertThat(refusal)
                    .contains("statement_timeout is 0, not 30000")
                    .contains("idle_in_transaction_session_timeout is 0, not 2000")
                    .contains("enable_seqscan is on, not off")
                    .contains("jit is on, not off")
                    .contains("default_transaction_isolation is serializable, not read committed");
            String statements = refusal.substring(refusal.indexOf("ALTER ROLE")).strip();
            assertThat(Files.readString(PAGE))
                    .contains(
                            statements.replace("\"dropped\"", "\"shop_writer\"").replace("; ", ";\n") + ";\n");
            executeEach(statements, "shop");
            assertStarts(through, "dropped");

            assertThat(refusal("--jdbc-url=" + through, "--jdbc-user=dropped"))
                    .as("migrations need other settings")
                    .contains("statement_timeout is 30000, not 3600000")
                    .contains("lock_timeout is 0, not 2000");
        }
    }

    @Test
    void a_pooler_that_rejects_the_settings_requires_another_url() {
        createOwner("rejected");
        try (Relay relay = Relay.to(url("shop"))) {
            relay.actAs(Pooler.REJECTS_OPTIONS);
            String through = relay.url(url("shop"));
            assertThat(refusal("--jdbc-url=" + through, "--jdbc-user=rejected"))
                    .contains("unsupported startup parameter: options. A pooler rejects the parameter")
                    .contains("add options= to the JDBC URL");
            String refusal = refusal("--migrate=false", "--jdbc-url=" + through + "?options=", "--jdbc-user=rejected");
            assertThat(refusal).contains("the JDBC URL has options= without a value");
            executeEach(refusal.substring(refusal.indexOf("ALTER ROLE")), "shop");
            assertStarts(through + "?options=", "rejected");
        }
    }

    @Test
    void a_setting_in_the_url_takes_precedence() {
        createOwner("chosen");
        assertStarts(url("shop") + "?options=-c%20statement_timeout=9s", "chosen");
    }

    @Test
    void missing_privileges_are_reported_with_the_statements_to_grant_them() {
        for (String each : List.of("write writer", "project projector", "read reader")) {
            String option = each.substring(0, each.indexOf(' '));
            String role = each.substring(each.indexOf(' ') + 1);
            execute("CREATE ROLE shop_" + role + " LOGIN");
            String[] options = {
                "--role=" + option,
                "--" + option + "-jdbc-url=" + url("shop"),
                "--" + option + "-jdbc-user=shop_" + role
            };
            String membership = "GRANT diptych_" + role + " TO shop_" + role;
            String refusal = refusal(options);
            assertThat(refusal)
                    .contains("The user shop_" + role + " does not have the privileges of the role diptych_" + role)
                    .contains(
                            ": CREATE ROLE diptych_" + role + " NOLOGIN; SELECT diptych.grant_roles(); " + membership);
            executeEach(refusal.substring(refusal.indexOf("CREATE ROLE")), "shop");
            Settings user = Settings.of(url("shop"), "shop_" + role, "", "test");
            open(Role.valueOf(option.toUpperCase(Locale.ROOT)), user).close();

            execute("REVOKE diptych_" + role + " FROM shop_" + role);
            assertThat(refusal(options)).contains("in this database: " + membership);
            execute(membership);
            server.execute("shop", "REVOKE USAGE ON SCHEMA diptych FROM diptych_" + role);
            assertThat(refusal(options))
                    .contains("in this database: SELECT diptych.grant_roles()")
                    .doesNotContain("GRANT diptych");
            server.execute("shop", "SELECT diptych.grant_roles()");
            open(Role.valueOf(option.toUpperCase(Locale.ROOT)), user).close();
        }
    }

    private static Store open(Role role, Settings user) {
        return PostgresStore.open("postgres", new PostgresStore.Access(Optional.empty(), Map.of(role, user)));
    }

    private static void executeEach(String statements, String database) {
        List.of(statements.split(";")).forEach(each -> server.execute(database, each));
    }

    @Test
    void a_user_with_the_privileges_but_without_the_role_can_start() {
        execute("CREATE ROLE grants_reader LOGIN");
        server.execute("shop", "GRANT USAGE ON SCHEMA diptych TO grants_reader");
        server.execute("shop", "GRANT SELECT ON ALL TABLES IN SCHEMA diptych TO grants_reader");
        server.execute("shop", "GRANT EXECUTE ON FUNCTION diptych.head() TO grants_reader");
        open(Role.READ, Settings.of(url("shop"), "grants_reader", "", "test")).close();
    }

    @Test
    void a_database_with_another_encoding_is_rejected() {
        execute("CREATE DATABASE ascii ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        assertThat(refusal("--jdbc-url=" + url("ascii"), "--jdbc-user=postgres"))
                .contains("The encoding of the database ascii is SQL_ASCII, but must be UTF8")
                .contains("CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0");
        assertThat(server.query("ascii", "SELECT to_regnamespace('diptych') IS NULL"))
                .containsExactly("t");
    }

    @Test
    void embedded_data_of_another_version_is_rejected(@TempDir Path directory) throws Exception {
        Files.createDirectory(directory.resolve("data"));
        Files.writeString(directory.resolve("data").resolve("PG_VERSION"), "15\n");
        assertThat(refusal("--postgres-data=" + directory))
                .contains("its data was created by PostgreSQL 15, but this program contains PostgreSQL 18")
                .contains("set another --postgres-data");
        assertThat(server.query("postgres", "SHOW server_version_num").getFirst())
                .as("the version in the jar")
                .startsWith(EmbeddedServer.VERSION);
    }
}
