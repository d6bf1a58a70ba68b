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
 * Wakes whatever waits for events when some have been stored: inside this process at once, in other processes through
 * the database. A NOTIFY inside the appending transaction would make all commits wait for each other, so it is sent
 * after the commit, on a connection of its own, and many appends share one. Wake-ups of other processes may be lost,
 * when the connection is or when a pooler stands between: a waiter also looks for events now and then.
 *
 * <p>Two threads, {@code postgres-notify} from the first append and {@code postgres-listen} from the first
 * subscription, until {@link #close}; each opens a new connection when its own fails. All methods are safe for use by
 * many threads.
 */
public final class PostgresWakeUps implements AutoCloseable {

    /** At most one NOTIFY in this time. */
    private static final Duration DEBOUNCE = Duration.ofMillis(20);

    /** How long the listener waits for notifications before it checks whether it is closed. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private static final String SPEAK = Sql.of(PostgresWakeUps.class, "speak.sql");
    private static final String NOTIFY = Sql.of(PostgresWakeUps.class, "notify.sql");
    private static final String LISTEN = Sql.of(PostgresWakeUps.class, "listen.sql");

    private final KeptConnection speaking;
    private final KeptConnection hearing;
    private final BackgroundThread notifying;
    private final BackgroundThread listening;
    private final Map<Object, Runnable> listeners = new ConcurrentHashMap<>();
    private volatile int ownBackend;

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
     * Wake-ups over a database in which two users have different rights. A connection of the one is opened only after
     * an append in this process, one of the other only after a subscription.
     *
     * @param speaking gives connections, to be kept, with the rights of a writer
     * @param hearing gives connections, to be kept, with the rights of a projector
     */
    public PostgresWakeUps(DataSource speaking, DataSource hearing) {
        this.speaking = new KeptConnection(speaking, this::beginSpeaking);
        this.hearing = new KeptConnection(hearing, this::beginHearing);
        this.notifying = new BackgroundThread("postgres-notify", this::announce, this.speaking::close);
        this.listening = new BackgroundThread("postgres-listen", woken -> listen(), this.hearing::close);
    }

    /** Events have been stored: wakes the listeners here and elsewhere. */
    void appended() {
        wakeAll();
        notifying.ensureStarted();
        notifying.wake();
    }

    /** Has {@code wake} called whenever events have been stored, here or elsewhere. */
    Subscription subscribe(Runnable wake) {
        Object id = new Object();
        listeners.put(id, wake);
        listening.ensureStarted();
        return () -> listeners.remove(id);
    }

    private void wakeAll() {
        listeners.values().forEach(Runnable::run);
    }

    private void beginSpeaking(Connection connection) throws SQLException {
        ownBackend = connection.unwrap(PGConnection.class).getBackendPID();
        execute(connection, SPEAK);
    }

    /** A step that fails is repeated as woken, so that no NOTIFY is lost with its connection. */
    private Duration announce(boolean woken) throws InterruptedException {
        if (woken) {
            speaking.run(connection -> execute(connection, NOTIFY));
            Thread.sleep(DEBOUNCE); // and not a pause of the thread, which the next append would end
        }
        return UNTIL_WOKEN;
    }

    private void beginHearing(Connection connection) throws SQLException {
        execute(connection, LISTEN);
        wakeAll(); // for what was said while nobody listened
    }

    private Duration listen() {
        hearing.run(connection -> {
            PGNotification[] heard = connection.unwrap(PGConnection.class).getNotifications((int) LOOK.toMillis());
            if (heard != null && ofOthers(heard)) {
                wakeAll();
            }
        });
        return Duration.ZERO;
    }

    private boolean ofOthers(PGNotification[] notifications) {
        for (PGNotification each : notifications) {
            if (each.getPID() != ownBackend) {
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
        notifying.stop();
        listening.stop();
        hearing.abort(); // the listener would wait until the end of its look
        notifying.close();
        listening.close();
    }
}
