package dev.diptych.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.SQLExceptionOverride;
import dev.diptych.core.eventstore.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The connections of one role: a pool for statements, and dedicated connections for notifications. Every wait has a
 * timeout: for a connection, a result or a lock. Thread-safe.
 */
public final class PostgresPool implements AutoCloseable {

    /** Ends the transaction of a suspended process, which would block others. */
    private static final Duration IDLE_TRANSACTION_TIMEOUT = Duration.ofSeconds(2);

    /** SQLSTATE read_only_sql_transaction. */
    private static final String READ_ONLY = "25006";

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);

    private final Settings settings;
    private final HikariDataSource pool;

    /**
     * The address of the database, the credentials, and the limits.
     *
     * @param url a JDBC URL, such as {@code jdbc:postgresql://localhost/shop}; may contain options of the driver; with
     *     an empty {@code options=}, the settings that the store needs are not sent, but must be those of the user
     * @param user the user name; if empty, the one in the URL
     * @param password the password; empty for none
     * @param name the pool's name, shown in logs and in {@code pg_stat_activity}
     * @param size the maximum number of pooled connections
     * @param connectTimeout the maximum wait for a connection
     * @param statementTimeout the maximum duration of a statement
     */
    public record Settings(
            String url,
            String user,
            String password,
            String name,
            int size,
            Duration connectTimeout,
            Duration statementTimeout) {

        /** The default of {@link #size}. */
        public static final int DEFAULT_SIZE = 10;

        /** Settings with 10 connections, 5 seconds for a connection and 30 seconds for a statement. */
        public static Settings of(String url, String user, String password, String name) {
            return new Settings(url, user, password, name, DEFAULT_SIZE, Duration.ofSeconds(5), Duration.ofSeconds(30));
        }

        /** Returns these settings with another maximum number of connections. */
        public Settings withSize(int connections) {
            return new Settings(url, user, password, name, connections, connectTimeout, statementTimeout);
        }

        /** Returns these settings with other timeouts. */
        public Settings withTimeouts(Duration connect, Duration statement) {
            return new Settings(url, user, password, name, size, connect, statement);
        }

        /** Omits the password. */
        @Override
        public String toString() {
            return name + " (" + (user.isEmpty() ? "" : user + " at ") + url.replaceFirst("\\?.*", "") + ")";
        }
    }

    /** Opens the pool; does not require that the database is available. */
    public PostgresPool(Settings settings) {
        this.settings = settings;
        var config = new HikariConfig();
        config.setPoolName(settings.name());
        config.setDataSource(unpooled(settings));
        config.setMaximumPoolSize(settings.size());
        config.setConnectionTimeout(settings.connectTimeout().toMillis());
        config.setValidationTimeout(Math.min(2_000, settings.connectTimeout().toMillis()));
        config.setInitializationFailTimeout(-1);
        config.setExceptionOverride(new EvictOnServerChange());
        this.pool = new HikariDataSource(config);
    }

    /**
     * Checks that a connection can be opened, that its settings have passed every pooler, and that the database has the
     * encoding UTF-8.
     *
     * @throws IllegalStateException when a setting or the encoding is another; the message names the remedy
     * @throws StoreUnavailableException when no connection can be opened; the message names the cause and the remedy,
     *     for operators
     */
    public void requireUsable() {
        requireUsable(pool, settings, session(settings, IDLE_TRANSACTION_TIMEOUT));
    }

    private static void requireUsable(DataSource source, Settings settings, SessionSettings session) {
        try (Connection connection = source.getConnection()) {
            session.require(connection, settings);
        } catch (SQLException e) {
            throw ConnectionFailure.of(settings, e);
        }
    }

    /**
     * Closes a connection after a failure that may mean that the address now leads to another server, which the pool by
     * itself does for a few states only. A server that does not accept writes ends all connections of the pool.
     */
    @SuppressWarnings("SameNameButDifferent") // the type of the result is called Override too
    private final class EvictOnServerChange implements SQLExceptionOverride {
        @java.lang.Override
        public SQLExceptionOverride.Override adjudicate(SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (state.equals(READ_ONLY)) {
                pool.getHikariPoolMXBean().softEvictConnections();
            }
            return state.equals(READ_ONLY) || state.startsWith("57P") || state.startsWith("08")
                    ? Override.MUST_EVICT
                    : Override.CONTINUE_EVICT;
        }
    }

    /**
     * The current use of a pool.
     *
     * @param active the number of connections in use
     * @param idle the number of idle connections
     * @param waiting the number of threads that wait for a connection
     * @param max the maximum number of connections
     */
    public record Usage(int active, int idle, int waiting, int max) {}

    /** Returns the current use; does not block. */
    public Usage usage() {
        HikariPoolMXBean now = pool.getHikariPoolMXBean();
        return new Usage(
                now.getActiveConnections(),
                now.getIdleConnections(),
                now.getThreadsAwaitingConnection(),
                settings.size());
    }

    /** The pool, for connections that are closed soon. */
    public DataSource pooled() {
        return pool;
    }

    /** Opens a new connection for each request, to be kept open. */
    public DataSource dedicated() {
        return unpooled(settings);
    }

    /** Opens a new connection for each request, without a pool. */
    public static DataSource unpooled(Settings settings) {
        return source(settings, session(settings, IDLE_TRANSACTION_TIMEOUT));
    }

    /**
     * Opens a new connection for each request, for migrations. A transaction may be idle for as long as the statement
     * timeout. A statement waits for a lock for at most 2 seconds, since other sessions queue behind it.
     *
     * @throws IllegalStateException under the conditions of {@link #requireUsable}
     * @throws StoreUnavailableException under the conditions of {@link #requireUsable}
     */
    public static DataSource forMigrations(Settings settings) {
        SessionSettings session = session(settings, settings.statementTimeout()).withLockTimeout(LOCK_TIMEOUT);
        DataSource source = source(settings, session);
        requireUsable(source, settings, session);
        return source;
    }

    private static SessionSettings session(Settings settings, Duration idleTransactionTimeout) {
        var source = new PGSimpleDataSource();
        source.setURL(settings.url());
        return SessionSettings.of(source.getOptions(), settings.statementTimeout(), idleTransactionTimeout);
    }

    private static PGSimpleDataSource source(Settings settings, SessionSettings session) {
        var source = new PGSimpleDataSource();
        source.setURL(settings.url());
        source.setOptions(session.options());
        if (!settings.user().isEmpty()) {
            source.setUser(settings.user());
        }
        if (!settings.password().isEmpty()) {
            source.setPassword(settings.password());
        }
        source.setApplicationName(settings.name());
        source.setTcpKeepAlive(true);
        source.setLoginTimeout(Math.max(1, (int) settings.connectTimeout().toSeconds()));
        source.setConnectTimeout(Math.max(1, (int) settings.connectTimeout().toSeconds()));
        // The server's timeout comes first and reports the cause; the socket's is for a server that does not respond.
        source.setSocketTimeout((int) settings.statementTimeout().plusSeconds(5).toSeconds());
        return source;
    }

    @Override
    public void close() {
        pool.close();
    }
}
