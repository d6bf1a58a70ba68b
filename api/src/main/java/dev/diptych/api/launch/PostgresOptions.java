package dev.diptych.api.launch;

import dev.diptych.api.Automations;
import dev.diptych.api.Role;
import dev.diptych.api.Store;
import dev.diptych.store.postgres.PostgresPool.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command-line options for the connections to PostgreSQL. */
final class PostgresOptions {

    private static final String URL_START = "jdbc:postgresql://";

    /** The names of the options of the migration user's connection, for error messages. */
    static final String NAMES =
            "--jdbc-url, --jdbc-user, --jdbc-password; environment: DIPTYCH_JDBC_URL, DIPTYCH_JDBC_USER,"
                    + " DIPTYCH_JDBC_PASSWORD";

    @Option(
            names = "--jdbc-url",
            paramLabel = "URL",
            defaultValue = "${env:DIPTYCH_JDBC_URL:-}",
            description = "The JDBC URL of the database, such as jdbc:postgresql://localhost/shop. Without it, an"
                    + " embedded PostgreSQL is started. Environment: DIPTYCH_JDBC_URL.")
    private String url = "";

    @Option(
            names = "--jdbc-user",
            paramLabel = "TEXT",
            defaultValue = "${env:DIPTYCH_JDBC_USER:-}",
            description = "The database user that runs the migrations, and the default for every role without a user of"
                    + " its own. Environment: DIPTYCH_JDBC_USER.")
    private String user = "";

    @Option(
            names = "--jdbc-password",
            paramLabel = "TEXT",
            defaultValue = "${env:DIPTYCH_JDBC_PASSWORD:-}",
            description = "The password of --jdbc-user; prefer the environment variable."
                    + " Environment: DIPTYCH_JDBC_PASSWORD.")
    private String password = "";

    @Option(
            names = "--write-jdbc-url",
            paramLabel = "URL",
            defaultValue = "${env:DIPTYCH_WRITE_JDBC_URL:-}",
            description = "The JDBC URL for the role write. Environment: DIPTYCH_WRITE_JDBC_URL. Default: --jdbc-url.")
    private String writeUrl = "";

    @Option(
            names = "--write-jdbc-user",
            paramLabel = "TEXT",
            defaultValue = "${env:DIPTYCH_WRITE_JDBC_USER:-}",
            description = "The database user that appends events and reads streams."
                    + " Environment: DIPTYCH_WRITE_JDBC_USER. Default: --jdbc-user.")
    private String writeUser = "";

    @Option(
            names = "--write-jdbc-password",
            paramLabel = "TEXT",
            defaultValue = "${env:DIPTYCH_WRITE_JDBC_PASSWORD:-}",
            description = "The password of --write-jdbc-user. Environment: DIPTYCH_WRITE_JDBC_PASSWORD.")
    private String writePassword = "";

    @Option(
            names = "--project-jdbc-url",
            paramLabel = "URL",
            defaultValue = "${env:DIPTYCH_PROJECT_JDBC_URL:-}",
            description = "The JDBC URL for the role project. Environment: DIPTYCH_PROJECT_JDBC_URL."
                    + " Default: --jdbc-url.")
    private String projectUrl = "";

    @Option(
            names = "--project-jdbc-user",
            paramLabel = "TEXT",
            defaultValue = "${env:DIPTYCH_PROJECT_JDBC_USER:-}",
            description = "The database user that runs the projections. Environment: DIPTYCH_PROJECT_JDBC_USER."
                    + " Default: --jdbc-user.")
    private String projectUser = "";

    @Option(
            names = "--project-jdbc-password",
            paramLabel = "TEXT",
            defaultValue = "${env:DIPTYCH_PROJECT_JDBC_PASSWORD:-}",
            description = "The password of --project-jdbc-user. Environment: DIPTYCH_PROJECT_JDBC_PASSWORD.")
    private String projectPassword = "";

    @Option(
            names = "--read-jdbc-url",
            paramLabel = "URL",
            defaultValue = "${env:DIPTYCH_READ_JDBC_URL:-}",
            description = "The JDBC URL for the role read, which may be that of a standby."
                    + " Environment: DIPTYCH_READ_JDBC_URL. Default: --jdbc-url.")
    private String readUrl = "";

    @Option(
            names = "--read-jdbc-user",
            paramLabel = "TEXT",
            defaultValue = "${env:DIPTYCH_READ_JDBC_USER:-}",
            description = "The database user that runs queries. Environment: DIPTYCH_READ_JDBC_USER."
                    + " Default: --jdbc-user.")
    private String readUser = "";

    @Option(
            names = "--read-jdbc-password",
            paramLabel = "TEXT",
            defaultValue = "${env:DIPTYCH_READ_JDBC_PASSWORD:-}",
            description = "The password of --read-jdbc-user. Environment: DIPTYCH_READ_JDBC_PASSWORD.")
    private String readPassword = "";

    @Option(
            names = "--max-replica-lag",
            paramLabel = "SECONDS",
            defaultValue = "${env:DIPTYCH_MAX_REPLICA_LAG:-}",
            description = "How far the standby that --read-jdbc-url leads to may be behind until this node is not"
                    + " ready, from 5. Environment: DIPTYCH_MAX_REPLICA_LAG. Default: no limit.")
    private String maxReplicaLag = "";

    @Option(
            names = "--migrate",
            arity = "0..1",
            paramLabel = "true|false",
            fallbackValue = "true",
            defaultValue = "${env:DIPTYCH_MIGRATE:-}",
            description = "Run the migrations at startup, as --jdbc-user. Environment: DIPTYCH_MIGRATE. "
                    + "Default: true if --jdbc-url is given.")
    private String migrate = ""; // empty if not given

    @Option(
            names = "--postgres-data",
            paramLabel = "DIRECTORY",
            defaultValue = "${env:DIPTYCH_POSTGRES_DATA:-target/postgres}",
            description = "The data directory of the embedded PostgreSQL. Environment: DIPTYCH_POSTGRES_DATA. "
                    + "Default: target/postgres.")
    private Path data = Path.of("target", "postgres");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    PostgresOptions() {}

    /** Returns the names of the options of a role's connections, for error messages. */
    static String namesFor(Role role) {
        return NAMES.replace("--", "--" + role + "-").replace("DIPTYCH_", "DIPTYCH_" + role.name() + "_")
                + "; default: the same options without " + role;
    }

    /**
     * Opens the store that the options describe, for these roles.
     *
     * @throws ParameterException when an option is invalid or missing
     */
    Store open(Set<Role> roles, Automations automations) {
        if (url.isEmpty() && writeUrl.isEmpty() && projectUrl.isEmpty() && readUrl.isEmpty()) {
            return embedded(roles, automations);
        }
        Optional<Duration> max = maxReplicaLag();
        Store store = PostgresStore.open("postgres", access(roles), automations);
        return max.map(store::withMaxReplicaLag).orElse(store);
    }

    /** At least 5 seconds, since leases are renewed about every second, and a busy node may be late. */
    private Optional<Duration> maxReplicaLag() {
        if (maxReplicaLag.isEmpty()) {
            return Optional.empty();
        }
        if (!maxReplicaLag.matches("[5-9]|[1-9]\\d{1,5}")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "The option --max-replica-lag must be a number of seconds from 5 to 999999, but is "
                            + maxReplicaLag);
        }
        return Optional.of(Duration.ofSeconds(Integer.parseInt(maxReplicaLag)));
    }

    /**
     * Returns the database users of a node with these roles.
     *
     * @throws ParameterException when an option is invalid or missing
     */
    PostgresStore.Access access(Set<Role> roles) {
        Optional<Settings> owner = migrates()
                ? Optional.of(settings("diptych-migrate", "--jdbc-url", url, user, password))
                : Optional.empty();
        Map<Role, Settings> users = new EnumMap<>(Role.class);
        for (Role role : Role.connections(roles)) {
            switch (role) {
                case WRITE -> users.put(role, user(role, writeUrl, writeUser, writePassword));
                case PROJECT -> users.put(role, user(role, projectUrl, projectUser, projectPassword));
                case READ -> users.put(role, user(role, readUrl, readUser, readPassword));
                case AUTOMATE -> {} // uses the connections of write and read
            }
        }
        return new PostgresStore.Access(owner, roles, users);
    }

    private boolean migrates() {
        return switch (migrate) {
            case "true" -> true;
            case "false" -> false;
            case "" -> !url.isEmpty();
            default ->
                throw new ParameterException(
                        spec.commandLine(), "The option --migrate must be true or false, but is " + migrate);
        };
    }

    private Store embedded(Set<Role> roles, Automations automations) {
        if (roles.size() < Role.values().length) {
            throw new ParameterException(
                    spec.commandLine(),
                    "The embedded PostgreSQL serves a single node with all roles. For a node with the role "
                            + Role.inWords(roles) + ", give the URL of a shared PostgreSQL: --"
                            + Role.connections(roles).iterator().next()
                            + "-jdbc-url, or --jdbc-url for all roles");
        }
        return PostgresStore.embedded(data, automations);
    }

    private Settings user(Role role, String roleUrl, String roleUser, String rolePassword) {
        return settings(
                "diptych-" + role,
                "--" + role + "-jdbc-url",
                roleUrl.isEmpty() ? url : roleUrl,
                roleUser.isEmpty() ? user : roleUser,
                roleUser.isEmpty() && rolePassword.isEmpty() ? password : rolePassword);
    }

    private Settings settings(String name, String option, String where, String who, String secret) {
        if (!where.startsWith(URL_START)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "The option " + option + " must begin with " + URL_START
                            + (where.isEmpty() ? ", but is missing" : "")
                            + "; without any of the JDBC options, a node with all roles starts an embedded PostgreSQL");
        }
        return Settings.of(where, who, secret, name);
    }
}
