package dev.diptych.store.postgres;

import dev.diptych.store.postgres.PostgresPool.Settings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings that every connection needs. They are sent in the start-up parameter {@code options}, which a pooler may
 * reject or drop.
 *
 * @param given the {@code options} of the JDBC URL: those that it names take precedence; if empty, no {@code options}
 *     are sent, for poolers that reject them
 * @param values by the names of the settings, as {@code pg_settings} shows them
 */
record SessionSettings(@Nullable String given, Map<String, String> values) {

    private static final String EFFECTIVE = Sql.of(SessionSettings.class, "session-settings.sql");
    private static final String ENCODING = "server_encoding";

    static SessionSettings of(@Nullable String given, Duration statementTimeout, Duration idleTransactionTimeout) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("statement_timeout", String.valueOf(statementTimeout.toMillis()));
        values.put("idle_in_transaction_session_timeout", String.valueOf(idleTransactionTimeout.toMillis()));
        values.put("default_transaction_isolation", "read committed");
        // A cached plan made while a table was small would be a sequential scan, and stay in use as the table grows.
        // enable_seqscan=off avoids that, but raises the estimated cost of unavoidable scans so far that the server
        // would compile them, which takes longer than to run them. A plan that sorts is avoided for the same reason.
        values.put("enable_seqscan", "off");
        values.put("enable_sort", "off");
        values.put("jit", "off");
        // Otherwise, a page is planned each time, because its LIMIT is a parameter: longer than it takes to read it.
        values.put("plan_cache_mode", "force_generic_plan");
        return new SessionSettings(given, values);
    }

    SessionSettings withLockTimeout(Duration timeout) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put("lock_timeout", String.valueOf(timeout.toMillis()));
        return new SessionSettings(given, more);
    }

    /** The value of {@code options}; null to send none. */
    @Nullable
    String options() {
        if (given != null && given.isEmpty()) {
            return null;
        }
        String own = joined(values.entrySet(), " ", (name, value) -> "-c " + name + "=" + value.replace(" ", "\\ "));
        return given == null ? own : own + " " + given;
    }

    /**
     * Checks that a connection has these settings, and that its database can store every text.
     *
     * @throws IllegalStateException otherwise; the message names the cause and the remedy
     */
    void require(Connection connection, Settings of) throws SQLException {
        Map<String, String> effective = new HashMap<>();
        Database.list(connection, EFFECTIVE, statement -> {}, row -> effective.put(row.getString(1), row.getString(2)));
        if (!"UTF8".equals(effective.get(ENCODING))) {
            throw new IllegalStateException("The encoding of the database " + connection.getCatalog() + " is "
                    + effective.get(ENCODING) + ", but must be UTF8: other encodings cannot store every text. Create"
                    + " another database: CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0");
        }
        List<Map.Entry<String, String>> missing = values.entrySet().stream()
                .filter(each -> given == null || !given.contains(each.getKey() + "="))
                .filter(each -> !each.getValue().equals(effective.get(each.getKey())))
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException("The settings that the program sends in the start-up parameter options have"
                    + " not arrived on the connection of " + of + ": "
                    + joined(missing, ", ", (name, value) -> name + " is " + effective.get(name) + ", not " + value)
                    + ". A pooler drops this parameter, or the JDBC URL has options= without a value. Let the pooler"
                    + " pass it, connect without the pooler, or set them for the user, and make the pooler reconnect"
                    + " (PgBouncer: RECONNECT): "
                    + joined(
                            missing,
                            "; ",
                            (name, value) -> "ALTER ROLE \"" + effective.get("session_user") + "\" SET " + name + " = '"
                                    + value + "'"));
        }
    }

    private static String joined(
            Collection<Map.Entry<String, String>> settings, String separator, BinaryOperator<String> one) {
        return settings.stream()
                .map(each -> one.apply(each.getKey(), each.getValue()))
                .collect(Collectors.joining(separator));
    }
}
