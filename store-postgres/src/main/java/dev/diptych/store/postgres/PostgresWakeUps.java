package dev.diptych.store.postgres;

import dev.diptych.core.eventstore.EventStore.Subscription;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Tells whoever waits for events that there are some: inside this process at once, in other processes through the
 * database. A NOTIFY inside the appending transaction would make all commits wait for each other, so it is sent after the
 * commit, on a connection of its own, and many appends share one. Wake-ups of other processes may be lost, when the
 * connection is or when a pooler stands between: whoever waits looks for itself now and then.
 *
 * <p>Two threads, {@code postgres-notify} from the first append and {@code postgres-listen} from the first subscription,
 * until {@link #close}. All methods are safe for use by many threads.
 */
public final class PostgresWakeUps implements AutoCloseable {

    /** At most one NOTIFY in this time. */
    private static final Duration DEBOUNCE = Duration.ofMillis(20);

    /** How long the listener waits before it looks whether it is to end. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private static final String SPEAK = Sql.of(PostgresWakeUps.class, "speak.sql");
    private static final String NOTIFY = Sql.of(PostgresWakeUps.class, "notify.sql");
    private static final String LISTEN = Sql.of(PostgresWakeUps.class, "listen.sql");
    private static final System.Logger LOG = System.getLogger(PostgresWakeUps.class.getName());

    private final DataSource speaking;
    private final DataSource hearing;
    private final Map<Object, Runnable> listeners = new ConcurrentHashMap<>();
    private final Semaphore appended = new Semaphore(0);
    private final Semaphore closing = new Semaphore(0);
    private volatile boolean closed;
    private volatile int ownBackend;
    private volatile @Nullable Thread notifying;
    private volatile @Nullable Thread listening;
    private volatile @Nullable Connection heard;

    /**
     * Wake-ups over a database.
     *
     * @param connections gives connections that are kept: not a pool, and not a pooler that lends a connection for one
     *     transaction
     */
    public PostgresWakeUps(DataSource connections) {
        this(connections, connections);
    }

    /**
     * Wake-ups over a database in which two users have different rights. A connection of the one is opened only when
     * something was appended here, one of the other only when somebody waits for events here.
     *
     * @param speaking gives connections, to be kept, of who appends
     * @param hearing gives connections, to be kept, of who reads all events
     */
    public PostgresWakeUps(DataSource speaking, DataSource hearing) {
        this.speaking = speaking;
        this.hearing = hearing;
    }

    /** Tells everybody that events were stored. */
    void appended() {
        wakeAll();
        if (notifying == null) {
            start();
        }
        appended.release();
    }

    /** Has {@code wake} called whenever events were stored, here or elsewhere. */
    Subscription subscribe(Runnable wake) {
        Object id = new Object();
        listeners.put(id, wake);
        startListening();
        return () -> listeners.remove(id);
    }

    private synchronized void start() {
        if (notifying == null && !closed) {
            notifying = thread("postgres-notify", speaking, this::announce);
        }
    }

    private synchronized void startListening() {
        if (listening == null && !closed) {
            listening = thread("postgres-listen", hearing, this::listen);
        }
    }

    private Thread thread(String name, DataSource connections, Session session) {
        return Thread.ofPlatform().name(name).daemon().start(() -> keepUp(name, connections, session));
    }

    private void wakeAll() {
        listeners.values().forEach(Runnable::run);
    }

    private interface Session {
        void on(Connection connection, Runnable well) throws SQLException, InterruptedException;
    }

    /** Runs a session on a connection, and again on a new one, with growing pauses, whenever that breaks. */
    private void keepUp(String name, DataSource connections, Session session) {
        Duration[] pause = {FIRST_PAUSE};
        while (!closed) {
            try (Connection connection = connections.getConnection()) {
                session.on(connection, () -> pause[0] = FIRST_PAUSE);
            } catch (SQLException | RuntimeException e) { // of one who was woken, too: the others are to be woken again
                if (!closed) {
                    LOG.log(System.Logger.Level.WARNING, name + " tries again in " + pause[0] + ": " + e.getMessage());
                }
            } catch (InterruptedException e) {
                return;
            }
            if (rest(pause[0])) {
                return;
            }
            Duration twice = pause[0].multipliedBy(2);
            pause[0] = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
        }
    }

    private void announce(Connection connection, Runnable well) throws SQLException, InterruptedException {
        ownBackend = connection.unwrap(PGConnection.class).getBackendPID();
        execute(connection, SPEAK);
        try (var statement = connection.prepareStatement(NOTIFY)) {
            while (!closed) {
                appended.acquire();
                appended.drainPermits();
                try {
                    statement.execute();
                } catch (SQLException e) {
                    appended.release(); // still to be said
                    throw e;
                }
                well.run();
                rest(DEBOUNCE);
            }
        }
    }

    private void listen(Connection connection, Runnable well) throws SQLException {
        heard = connection;
        execute(connection, LISTEN);
        wakeAll(); // for what was said while nobody listened
        well.run();
        PGConnection notified = connection.unwrap(PGConnection.class);
        while (!closed) {
            PGNotification[] notifications = notified.getNotifications((int) LOOK.toMillis());
            if (notifications != null && ofOthers(notifications)) {
                wakeAll();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private boolean ofOthers(PGNotification[] notifications) {
        for (PGNotification each : notifications) {
            if (each.getPID() != ownBackend) {
                return true;
            }
        }
        return false;
    }

    /** Waits, unless it is to end: says which. */
    private boolean rest(Duration time) {
        try {
            boolean end = closing.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS);
            if (end) {
                closing.release();
            }
            return end;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Ends both threads, and waits for that up to 5 seconds. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        closing.release();
        appended.release();
        stopHearing();
        join(notifying);
        join(listening);
    }

    /** The listener would go on waiting for its next look. */
    private void stopHearing() {
        Connection connection = heard;
        if (connection != null) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.log(System.Logger.Level.DEBUG, "The listener ends at its next look", e);
            }
        }
    }

    private static void join(@Nullable Thread thread) {
        try {
            if (thread != null && !thread.join(Duration.ofSeconds(5))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
