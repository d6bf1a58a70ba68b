package dev.diptych.store.postgres;

import static dev.diptych.core.background.BackgroundThread.UNTIL_WOKEN;

import dev.diptych.core.background.BackgroundThread;
import dev.diptych.core.eventstore.EventStore.Subscription;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Notifies listeners of appends: in this process immediately, in other processes by {@code NOTIFY}. A {@code NOTIFY} in
 * the appending transaction would serialize all commits, so it is sent after the commit, on a connection of its own,
 * and at most once in 20 milliseconds. Notifications of other processes are lost when the connection fails or a pooler
 * drops them, so listeners must poll too.
 *
 * <p>Runs two threads until {@link #close}: {@code postgres-notify} from the first append, and {@code postgres-listen}
 * from the first subscription. Each opens a new connection when its own fails. Thread-safe.
 */
public final class PostgresWakeUps implements AutoCloseable {

    private static final Duration MIN_NOTIFY_INTERVAL = Duration.ofMillis(20);

    /** The maximum time for which the listener blocks before it checks whether it is closed. */
    private static final Duration LISTEN_TIMEOUT = Duration.ofMillis(500);

    private static final String ASYNCHRONOUS_COMMIT = Sql.of(PostgresWakeUps.class, "asynchronous-commit.sql");
    private static final String NOTIFY = Sql.of(PostgresWakeUps.class, "notify.sql");
    private static final String LISTEN = Sql.of(PostgresWakeUps.class, "listen.sql");

    private final DedicatedConnection notifyConnection;
    private final DedicatedConnection listenConnection;
    private final BackgroundThread notifier;
    private final BackgroundThread listener;
    private final Map<Object, Runnable> listeners = new ConcurrentHashMap<>();
    private volatile int notifierPid;

    /**
     * Creates wake-ups whose connections have the privileges of one user.
     *
     * @param connections supplies dedicated connections: neither a pool, nor a pooler in transaction mode
     */
    public PostgresWakeUps(DataSource connections) {
        this(connections, connections);
    }

    /**
     * Creates wake-ups whose connections have the privileges of two users. Each connection is opened when it is first
     * needed.
     *
     * @param notifying supplies dedicated connections with the privileges of a writer, used after appends
     * @param listening supplies dedicated connections with the privileges of a projector, used after a subscription
     */
    public PostgresWakeUps(DataSource notifying, DataSource listening) {
        this.notifyConnection = new DedicatedConnection(notifying, this::prepareNotify);
        this.listenConnection = new DedicatedConnection(listening, this::startListening);
        this.notifier = new BackgroundThread("postgres-notify", this::notifyOthers, this.notifyConnection::close);
        this.listener = new BackgroundThread("postgres-listen", woken -> listen(), this.listenConnection::close);
    }

    /** Notifies all listeners, in this process and in others; called after an append was committed. */
    public void appended() {
        wakeAll();
        notifier.ensureStarted();
        notifier.wake();
    }

    /** Registers a listener for appends of this process and of others. */
    public Subscription subscribe(Runnable wake) {
        Object id = new Object();
        listeners.put(id, wake);
        listener.ensureStarted();
        return () -> listeners.remove(id);
    }

    private void wakeAll() {
        listeners.values().forEach(Runnable::run);
    }

    private void prepareNotify(Connection connection) throws SQLException {
        notifierPid = connection.unwrap(PGConnection.class).getBackendPID();
        execute(connection, ASYNCHRONOUS_COMMIT);
    }

    /** The thread repeats a failed step, so that no NOTIFY is lost with its connection. */
    private Duration notifyOthers(boolean woken) throws InterruptedException {
        if (woken) {
            notifyConnection.run(connection -> execute(connection, NOTIFY));
            Thread.sleep(MIN_NOTIFY_INTERVAL); // not a pause of the thread, which the next append would end
        }
        return UNTIL_WOKEN;
    }

    private void startListening(Connection connection) throws SQLException {
        execute(connection, LISTEN);
        wakeAll(); // notifications before LISTEN were missed
    }

    private Duration listen() {
        listenConnection.run(connection -> {
            PGNotification[] received =
                    connection.unwrap(PGConnection.class).getNotifications((int) LISTEN_TIMEOUT.toMillis());
            if (received != null && isFromOtherProcess(received)) {
                wakeAll();
            }
        });
        return Duration.ZERO;
    }

    private boolean isFromOtherProcess(PGNotification[] notifications) {
        for (PGNotification each : notifications) {
            if (each.getPID() != notifierPid) {
                return true;
            }
        }
        return false;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Ends both threads, and waits for that up to 10 seconds each. */
    @Override
    public void close() {
        notifier.stop();
        listener.stop();
        listenConnection.abort(); // otherwise the listener blocks until its timeout
        notifier.close();
        listener.close();
    }
}
