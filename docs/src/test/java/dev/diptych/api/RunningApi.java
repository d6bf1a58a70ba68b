package dev.diptych.api;

import dev.diptych.api.http.access.Access;
import dev.diptych.api.http.server.Listening;
import dev.diptych.api.launch.EmbeddedServer;
import dev.diptych.api.launch.Main;
import dev.diptych.api.launch.MemoryStore;
import dev.diptych.api.launch.PostgresStore;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.projection.ProjectionRunner.State;
import dev.diptych.core.query.ProjectionProgress;
import dev.diptych.store.postgres.PostgresPool.Settings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The API in this process, on a store in which nothing has happened yet: the one door through which the tests of the
 * pages reach the composition root, which is package-private.
 */
public final class RunningApi implements AutoCloseable {

    private static final Queue<Thread> CLOSING = new ConcurrentLinkedQueue<>();
    private static int databases;

    /** Holds the threads of this server, and of no other in this process. */
    private final ThreadGroup threads = new ThreadGroup("api");

    private final Diptych diptych;
    private final EventStore writer;
    private final EventStore projector;
    private final String database;

    private RunningApi(Store store, String database) {
        this.writer = store.events();
        this.projector = store.project().events();
        this.database = database;
        this.diptych = started(store);
    }

    private Diptych started(Store store) {
        var start = new FutureTask<>(() -> Diptych.start(store, here(), false));
        new Thread(threads, start).start();
        try {
            return start.get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("The API has not started", e);
        }
    }

    private static Listening here() {
        return new Listening("127.0.0.1", 0, Listening.IDLE, Access.forThisMachine(Map.of(), "127.0.0.1"));
    }

    /** Starts it on a fresh store, {@code memory} or {@code postgres}, without automations. */
    public static RunningApi on(String store) {
        return on(store, Automations.NONE);
    }

    /** Starts it on a fresh store as {@code --cancel-unpaid-after=14d --renew-subscriptions} does. */
    public static RunningApi automated(String store) {
        return on(store, new Automations(Optional.of(Duration.ofDays(14)), true));
    }

    private static RunningApi on(String store, Automations automations) {
        if (store.equals("memory")) {
            return new RunningApi(MemoryStore.open(InstantSource.system(), automations), "");
        }
        String database = Embedded.fresh();
        return new RunningApi(Embedded.open(database, automations), database);
    }

    /**
     * Starts it on PostgreSQL servers of the caller's, which are migrated, as the user whom the URLs name.
     *
     * @param write where it writes and projects
     * @param read where it reads, a standby perhaps
     */
    public static RunningApi at(String write, String read) {
        return new RunningApi(
                PostgresStore.open(
                        "postgres",
                        new PostgresStore.Access(
                                Optional.empty(),
                                Map.of(Role.WRITE, user(write), Role.PROJECT, user(write), Role.READ, user(read)))),
                "");
    }

    /** Runs the migrations on a server of the caller's. */
    public static void migrate(String url) {
        PostgresStore.open("postgres", new PostgresStore.Access(Optional.of(user(url)), Map.of()))
                .close();
    }

    private static Settings user(String url) {
        return Settings.of(url, "", "", "pages");
    }

    /** The options of the program. */
    public static CommandSpec options() {
        return Main.line().getCommandSpec();
    }

    /** The port that it listens on. */
    public int port() {
        return diptych.port();
    }

    /** The store, for those who append. */
    public EventStore writer() {
        return writer;
    }

    /** The store, for those who read all events. */
    public EventStore projector() {
        return projector;
    }

    /** A connection to its database, as the owner, past the store. */
    public Connection connect() throws SQLException {
        return Embedded.connect(database);
    }

    /**
     * Waits until every projection that runs has caught up, and until the runner of each waits: one that was told to
     * pause may be in the middle of a batch, to which the next event would still belong.
     */
    public void settle() {
        Waiting.until("every projection has caught up", () -> everyRunnerHasCaughtUp() && everyRunnerWaits());
    }

    private boolean everyRunnerHasCaughtUp() {
        Map<String, ProjectionProgress> progress = diptych.progress();
        return diptych.runners().stream()
                .filter(runner -> runner.state() == State.RUNNING)
                .allMatch(runner -> progress.get(runner.name()).lag().orElseThrow() == 0);
    }

    /** When it has waited, a runner asks first whether it is paused. */
    private boolean everyRunnerWaits() {
        var all = new Thread[threads.activeCount() + 10];
        int count = threads.enumerate(all);
        return Arrays.stream(all, 0, count)
                .filter(thread -> thread.getName().matches("projection-.*(?<!-ahead)"))
                .allMatch(thread -> waitsBetweenSteps(thread.getStackTrace()));
    }

    private static boolean waitsBetweenSteps(StackTraceElement[] frames) {
        return IntStream.range(1, frames.length)
                .anyMatch(i -> frames[i].getClassName().endsWith(".BackgroundThread")
                        && frames[i - 1].getClassName().endsWith(".Semaphore"));
    }

    /** Closes it in the background; only the end of the process waits for that. */
    @Override
    public void close() {
        CLOSING.add(Thread.ofPlatform().start(diptych::close));
    }

    /** One server for all; each store is a database, copied from one that has been migrated. */
    private static final class Embedded {

        private static final EmbeddedServer SERVER = start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(Embedded::stop, "stop-postgres"));
            execute("DROP DATABASE IF EXISTS migrated WITH (FORCE)");
            execute("CREATE DATABASE migrated");
            Settings owner = SERVER.owner("migrated");
            PostgresStore.open("postgres", PostgresStore.Access.all(owner, owner, owner, owner))
                    .close();
            SERVER.createUsers();
        }

        /** The tests run in two processes, and each has a server of its own. */
        private static EmbeddedServer start() {
            try {
                return EmbeddedServer.start(Path.of("target", "postgres-of-pages"));
            } catch (IllegalStateException taken) {
                return EmbeddedServer.start(Path.of("target", "postgres-of-pages-2"));
            }
        }

        private static void stop() {
            try {
                for (Thread each : CLOSING) {
                    each.join(Waiting.PATIENCE);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            SERVER.close();
        }

        static synchronized String fresh() {
            String database = "pages_" + ++databases;
            execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
            execute("CREATE DATABASE " + database + " TEMPLATE migrated");
            return database;
        }

        static Store open(String database, Automations automations) {
            return PostgresStore.open(
                    "postgres",
                    new PostgresStore.Access(
                            Optional.empty(),
                            EnumSet.allOf(Role.class),
                            Map.of(
                                    Role.WRITE, user(database, "embedded_writer"),
                                    Role.PROJECT, user(database, "embedded_projector"),
                                    Role.READ, user(database, "embedded_reader"))),
                    automations);
        }

        private static Settings user(String database, String name) {
            return Settings.of(SERVER.owner(database).url(), name, "", name);
        }

        static Connection connect(String database) throws SQLException {
            var owner = new PGSimpleDataSource();
            owner.setURL(SERVER.owner(database).url());
            owner.setUser("postgres");
            return owner.getConnection();
        }

        private static void execute(String sql) {
            try (Connection connection = connect("postgres");
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }
    }
}
