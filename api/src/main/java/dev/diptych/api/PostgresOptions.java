package dev.diptych.api;

import dev.diptych.store.postgres.PostgresPool.Settings;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say where PostgreSQL is, and who logs in for what. */
final class PostgresOptions {

    private static final String URL_START = "jdbc:postgresql://";

    @Option(
            names = "--jdbc-url",
            paramLabel = "URL",
            defaultValue = "${env:DIPTYCH_JDBC_URL:-}",
            description =
                    "The database, such as jdbc:postgresql://localhost/shop. Without it, an embedded PostgreSQL is started. Environment: DIPTYCH_JDBC_URL.")
    private String url = "";

    @Option(
            names = "--jdbc-user",
            paramLabel = "TEXT",
            defaultValue = "${env:DIPTYCH_JDBC_USER:-}",
            description =
                    "Who migrates, and does everything for which no other user is named. Environment: DIPTYCH_JDBC_USER.")
    private String user = "";

    @Option(
            names = "--jdbc-password",
            paramLabel = "TEXT",
            defaultValue = "${env:DIPTYCH_JDBC_PASSWORD:-}",
            description =
                    "The password of this user; better given by the environment. Environment: DIPTYCH_JDBC_PASSWORD.")
    private String password = "";

    @Option(
            names = "--write-jdbc-url",
            paramLabel = "URL",
            defaultValue = "${env:DIPTYCH_WRITE_JDBC_URL:-}",
            description =
                    "The database for the user who appends and reads streams. Environment: DIPTYCH_WRITE_JDBC_URL.")
    private String writeUrl = "";

    @Option(
            names = "--write-jdbc-user",
            paramLabel = "TEXT",
            defaultValue = "${env:DIPTYCH_WRITE_JDBC_USER:-}",
            description = "Who appends and reads streams. Environment: DIPTYCH_WRITE_JDBC_USER.")
    private String writeUser = "";

    @Option(
            names = "--write-jdbc-password",
            paramLabel = "TEXT",
            defaultValue = "${env:DIPTYCH_WRITE_JDBC_PASSWORD:-}",
            description = "The password of this user. Environment: DIPTYCH_WRITE_JDBC_PASSWORD.")
    private String writePassword = "";

    @Option(
            names = "--project-jdbc-url",
            paramLabel = "URL",
            defaultValue = "${env:DIPTYCH_PROJECT_JDBC_URL:-}",
            description = "The database for the user who runs the projections. Environment: DIPTYCH_PROJECT_JDBC_URL.")
    private String projectUrl = "";

    @Option(
            names = "--project-jdbc-user",
            paramLabel = "TEXT",
            defaultValue = "${env:DIPTYCH_PROJECT_JDBC_USER:-}",
            description = "Who runs the projections. Environment: DIPTYCH_PROJECT_JDBC_USER.")
    private String projectUser = "";

    @Option(
            names = "--project-jdbc-password",
            paramLabel = "TEXT",
            defaultValue = "${env:DIPTYCH_PROJECT_JDBC_PASSWORD:-}",
            description = "The password of this user. Environment: DIPTYCH_PROJECT_JDBC_PASSWORD.")
    private String projectPassword = "";

    @Option(
            names = "--read-jdbc-url",
            paramLabel = "URL",
            defaultValue = "${env:DIPTYCH_READ_JDBC_URL:-}",
            description = "The database for the user who answers the queries. Environment: DIPTYCH_READ_JDBC_URL.")
    private String readUrl = "";

    @Option(
            names = "--read-jdbc-user",
            paramLabel = "TEXT",
            defaultValue = "${env:DIPTYCH_READ_JDBC_USER:-}",
            description = "Who answers the queries. Environment: DIPTYCH_READ_JDBC_USER.")
    private String readUser = "";

    @Option(
            names = "--read-jdbc-password",
            paramLabel = "TEXT",
            defaultValue = "${env:DIPTYCH_READ_JDBC_PASSWORD:-}",
            description = "The password of this user. Environment: DIPTYCH_READ_JDBC_PASSWORD.")
    private String readPassword = "";

    @Option(
            names = "--migrate",
            arity = "0..1",
            paramLabel = "true|false",
            fallbackValue = "true",
            defaultValue = "${env:DIPTYCH_MIGRATE:-true}",
            description = "Run the migrations first. Environment: DIPTYCH_MIGRATE. Default: true.")
    private boolean migrate = true;

    @Option(
            names = "--postgres-data",
            paramLabel = "DIRECTORY",
            defaultValue = "${env:DIPTYCH_POSTGRES_DATA:-target/postgres}",
            description = "Where the embedded PostgreSQL keeps its data. Environment: DIPTYCH_POSTGRES_DATA. "
                    + "Default: target/postgres.")
    private Path data = Path.of("target", "postgres");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    PostgresOptions() {}

    /** Opens the store that the options describe. */
    Store open() {
        if (url.isEmpty() && writeUrl.isEmpty() && projectUrl.isEmpty() && readUrl.isEmpty()) {
            return PostgresStore.embedded(data);
        }
        return PostgresStore.open(
                "postgres",
                new PostgresStore.Access(
                        settings("diptych-migrate", "--jdbc-url", url, user, password),
                        role("write", writeUrl, writeUser, writePassword),
                        role("project", projectUrl, projectUser, projectPassword),
                        role("read", readUrl, readUser, readPassword)),
                migrate);
    }

    private Settings role(String role, String roleUrl, String roleUser, String rolePassword) {
        return settings(
                "diptych-" + role,
                "--" + role + "-jdbc-url",
                roleUrl.isEmpty() ? url : roleUrl,
                roleUser.isEmpty() ? user : roleUser,
                roleUser.isEmpty() && rolePassword.isEmpty() ? password : rolePassword);
    }

    private Settings settings(String name, String option, String where, String who, String secret) {
        boolean needed = !name.equals("diptych-migrate") || migrate;
        if (needed && !where.startsWith(URL_START)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "The option " + option + " must begin with " + URL_START
                            + (where.isEmpty() ? ", but is missing" : "")
                            + "; or leave out all of these options, and an embedded PostgreSQL is started");
        }
        return Settings.of(where, who, secret, name);
    }
}
