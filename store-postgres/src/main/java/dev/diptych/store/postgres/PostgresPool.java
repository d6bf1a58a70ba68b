package dev.diptych.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The connections of one role: a pool for statements, and single ones for what keeps its connection. Every wait has a
 * bound: for a connection, for an answer, for a lock. Safe for use by many threads.
 */
public final class PostgresPool implements AutoCloseable {

    /** How long a transaction may do nothing: a process that sleeps in the middle of one must not hold up the others. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** SQLSTATE read_only_sql_transaction. */
    private static final String READ_ONLY = "25006";

    private static final Duration LONGEST_WAIT_FOR_A_LOCK = Duration.ofSeconds(2);

    private final Settings settings;
    private final HikariDataSource pool;

    /**
     * Where the database is, and how long to wait for it.
     *
     * @param url such as {@code jdbc:postgresql://localhost/shop}; may carry options of the driver
     * @param user who logs in; empty when the URL says it
     * @param password its password, empty for none
     * @param name of the pool, seen in logs and in {@code pg_stat_activity}
     * @param size the most connections
     * @param connecting the longest wait for a connection
     * @param statement the longest time that a statement may run
     */
    public record Settings(
            String url, String user, String password, String name, int size, Duration connecting, Duration statement) {

        /** The usual size and bounds. */
        public static Settings of(String url, String user, String password, String name) {
            return new Settings(url, user, password, name, 10, Duration.ofSeconds(5), Duration.ofSeconds(30));
        }

        /** The same with another size. */
        public Settings withSize(int connections) {
            return new Settings(url, user, password, name, connections, connecting, statement);
        }

        /** The same with other bounds. */
        public Settings withBounds(Duration forConnection, Duration forStatement) {
            return new Settings(url, user, password, name, size, forConnection, forStatement);
        }

        /** Without the password. */
        @Override
        public String toString() {
            return name + " (" + user + " at " + url.replaceFirst("\\?.*", "") + ")";
        }
    }

    /** Opens the pool, without waiting for the database to be there. */
    public PostgresPool(Settings settings) {
        this.settings = settings;
        var config = new HikariConfig();
        config.setPoolName(settings.name());
        config.setDataSource(source(settings, LONGEST_PAUSE));
        config.setMaximumPoolSize(settings.size());
        config.setConnectionTimeout(settings.connecting().toMillis());
        config.setValidationTimeout(Math.min(2_000, settings.connecting().toMillis()));
        config.setInitializationFailTimeout(-1);
        config.setExceptionOverride(new ServerIsElsewhere());
        this.pool = new HikariDataSource(config);
    }

    /**
     * Has the pool close a connection whose server has gone away or cannot be written, since another server may be
     * there by now; in the latter case all of them, as they lead to the same server. By itself the pool closes those of
     * a few states only.
     */
    @SuppressWarnings("SameNameButDifferent") // what it answers with is called Override, too
    private final class ServerIsElsewhere implements SQLExceptionOverride {
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
     * How the pool is used at this moment.
     *
     * @param active connections that are lent out
     * @param idle connections that lie ready
     * @param waiting threads that wait for a connection
     * @param most how many connections there may be
     */
    public record Usage(int active, int idle, int waiting, int most) {}

    /** How it is used at this moment; waits for nothing. */
    public Usage usage() {
        HikariPoolMXBean now = pool.getHikariPoolMXBean();
        return new Usage(
                now.getActiveConnections(),
                now.getIdleConnections(),
                now.getThreadsAwaitingConnection(),
                settings.size());
    }

    /** Connections to be given back soon. */
    public DataSource pooled() {
        return pool;
    }

    /** Connections to be kept, made for each request. */
    public DataSource kept() {
        return unpooled(settings);
    }

    /** Connections without a pool, made for each request. */
    public static DataSource unpooled(Settings settings) {
        return source(settings, LONGEST_PAUSE);
    }

    /**
     * The same for work that takes long, such as migrations: a connection may be silent for as long as a statement runs. It
     * waits for a lock for 2 seconds at the most, since others wait behind it.
     */
    public static DataSource patient(Settings settings) {
        PGSimpleDataSource source = source(settings, settings.statement());
        source.setOptions(source.getOptions() + " -c lock_timeout=" + LONGEST_WAIT_FOR_A_LOCK.toMillis());
        return source;
    }

    private static PGSimpleDataSource source(Settings settings, Duration pause) {
        Duration statement = settings.statement();
        var source = new PGSimpleDataSource();
        source.setURL(settings.url());
        if (!settings.user().isEmpty()) {
            source.setUser(settings.user());
        }
        if (!settings.password().isEmpty()) {
            source.setPassword(settings.password());
        }
        source.setApplicationName(settings.name());
        source.setTcpKeepAlive(true);
        source.setLoginTimeout(Math.max(1, (int) settings.connecting().toSeconds()));
        source.setConnectTimeout(Math.max(1, (int) settings.connecting().toSeconds()));
        // The server gives up first, and says why; the socket's bound is for a server that says nothing any more.
        source.setSocketTimeout((int) statement.plusSeconds(5).toSeconds());
        source.setOptions(options(source.getOptions(), statement, pause));
        return source;
    }

    private static String options(@Nullable String given, Duration statement, Duration pause) {
        // A connection keeps its plans until the tables' statistics change, and one that was made while a table was
        // small would read all of it: so a table is read from end to end only where no index serves. That makes such a
        // reading seem so dear that the server would compile it each time, which takes longer than to do it.
        String bounds = "-c statement_timeout=" + statement.toMillis()
                + " -c idle_in_transaction_session_timeout=" + pause.toMillis()
                + " -c default_transaction_isolation=read\\ committed"
                + " -c enable_seqscan=off"
                + " -c jit=off";
        return given == null || given.isEmpty() ? bounds : bounds + " " + given;
    }

    @Override
    public void close() {
        pool.close();
    }
}
