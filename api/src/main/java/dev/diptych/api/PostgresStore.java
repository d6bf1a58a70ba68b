package dev.diptych.api;

import dev.diptych.api.http.Role;
import dev.diptych.api.ops.Connections;
import dev.diptych.api.ops.Insight;
import dev.diptych.api.ops.OpenAppend;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.query.ProjectionProgress;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresPool;
import dev.diptych.store.postgres.PostgresPool.Settings;
import dev.diptych.store.postgres.PostgresSchema;
import dev.diptych.store.postgres.PostgresWakeUps;
import dev.diptych.store.postgres.customers.PostgresCustomers;
import dev.diptych.store.postgres.events.PostgresEventStore;
import dev.diptych.store.postgres.events.PostgresOpenAppends;
import dev.diptych.store.postgres.orders.PostgresOrders;
import dev.diptych.store.postgres.readmodels.PostgresCheckpoints;
import dev.diptych.store.postgres.readmodels.PostgresLease;
import dev.diptych.store.postgres.subscriptions.PostgresSubscriptions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Puts the PostgreSQL store together: for each role that this node has, connections of its own with the rights of that role,
 * and everything on them.
 */
final class PostgresStore {

    /** Every folder of migrations, in the order in which they run. */
    private static final List<PostgresSchema.Component> SCHEMA = List.of(
            PostgresSchema.EVENTS, PostgresOrders.SCHEMA, PostgresSubscriptions.SCHEMA, PostgresCustomers.SCHEMA);

    private PostgresStore() {}

    /**
     * Who logs in for what. Who is not named does not log in, and the role is not there.
     *
     * @param owner migrates first
     * @param writer appends and reads streams
     * @param projector reads all events, and writes read models
     * @param reader reads read models
     */
    record Access(
            Optional<Settings> owner,
            Optional<Settings> writer,
            Optional<Settings> projector,
            Optional<Settings> reader) {

        /** Migrates as its owner first, and has all roles. */
        static Access all(Settings owner, Settings writer, Settings projector, Settings reader) {
            return new Access(Optional.of(owner), Optional.of(writer), Optional.of(projector), Optional.of(reader));
        }
    }

    /** On an embedded PostgreSQL, which is started first and stopped last. */
    static Store embedded(Path data) {
        EmbeddedServer server = EmbeddedServer.start(data);
        return open(server.toString(), toClose -> {
            toClose.push(server::close);
            Migrations.run(server.owner(), SCHEMA);
            server.createUsers();
            return server.access();
        });
    }

    /**
     * On a PostgreSQL that runs already.
     *
     * @throws IllegalStateException when the schema is older than this program, or the database, a user or a pooler does
     *     not allow what the store needs
     * @throws StoreUnavailableException when it cannot connect; the message names the options
     */
    static Store open(String name, Access access) {
        return open(name, toClose -> {
            access.owner().ifPresent(owner -> connecting(PostgresOptions.NAMES, () -> Migrations.run(owner, SCHEMA)));
            return access;
        });
    }

    /** Closes, in whatever way this ends, what was opened before, the last first. */
    private static Store open(String name, Function<Deque<Runnable>, Access> prepare) {
        Deque<Runnable> toClose = new ArrayDeque<>();
        try {
            Access access = prepare.apply(toClose);
            Optional<PostgresPool> writers = opened(Role.WRITE, access.writer(), Database::ofWriter, toClose);
            Optional<PostgresPool> projectors =
                    opened(Role.PROJECT, access.projector(), Database::ofProjector, toClose);
            Optional<PostgresPool> readers = opened(Role.READ, access.reader(), Database::ofReader, toClose);
            Optional<Database> writer = writers.map(pool -> Database.ofWriter(pool.pooled()));
            Optional<Database> projector = projectors.map(pool -> Database.ofProjector(pool.pooled()));
            Optional<Database> reader = readers.map(pool -> Database.ofReader(pool.pooled()));
            // The writer tells that it has appended, the projector listens: each on a connection of its own.
            Optional<PostgresWakeUps> wakeUps = writers.or(() -> projectors)
                    .map(any -> new PostgresWakeUps(
                            writers.orElse(any).dedicated(),
                            projectors.orElse(any).dedicated()));
            wakeUps.ifPresent(opened -> toClose.push(opened::close));
            return new Store(
                    name,
                    writer.map(database -> write(database, wakeUps.orElseThrow())),
                    projector.map(database -> project(database, wakeUps.orElseThrow())),
                    reader.map(PostgresStore::read),
                    new Insight(
                            writer.or(() -> projector).map(PostgresStore::appends),
                            projector.map(PostgresStore::progress),
                            reader.map(PostgresStore::views),
                            pools(writers, projectors, readers)),
                    () -> InTurn.run(toClose));
        } catch (RuntimeException e) {
            try {
                InTurn.run(toClose);
            } catch (RuntimeException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    private static Optional<PostgresPool> opened(
            Role role, Optional<Settings> settings, Function<DataSource, Database> database, Deque<Runnable> toClose) {
        Optional<PostgresPool> pool = settings.map(PostgresPool::new);
        pool.ifPresent(opened -> {
            toClose.push(opened::close);
            connecting(PostgresOptions.namesFor(role), opened::requireUsable);
            PostgresSchema.require(database.apply(opened.pooled()), SCHEMA);
        });
        return pool;
    }

    /** Completes the message of a failed connection with the options that it is made by. */
    private static void connecting(String options, Runnable connect) {
        try {
            connect.run();
        } catch (StoreUnavailableException e) {
            if (e.getCause() instanceof SQLException) {
                throw new StoreUnavailableException(e.getMessage() + ". Options: " + options, false, e);
            }
            throw e;
        }
    }

    private static Store.Write write(Database writer, PostgresWakeUps wakeUps) {
        return new Store.Write(new PostgresEventStore(writer, writer, wakeUps));
    }

    private static Store.Project project(Database projector, PostgresWakeUps wakeUps) {
        String node = Store.newNode();
        return new Store.Project(
                new PostgresEventStore(projector, projector, wakeUps),
                contexts(projector).readModels(),
                projection -> new PostgresLease(projector, projection, node, PostgresLease.DEFAULT_LENGTH));
    }

    private static Store.Contexts contexts(Database database) {
        return new Store.Contexts(
                new PostgresOrders(database), new PostgresSubscriptions(database), new PostgresCustomers(database));
    }

    private static Supplier<Map<String, ProjectionProgress>> progress(Database projector) {
        var checkpoints =
                PostgresCheckpoints.ofProjector(projector, contexts(projector).projections());
        return () -> {
            projector.requireWritable();
            return checkpoints.progress();
        };
    }

    private static Map<Role, Supplier<Connections>> pools(
            Optional<PostgresPool> writers, Optional<PostgresPool> projectors, Optional<PostgresPool> readers) {
        Map<Role, Supplier<Connections>> pools = new EnumMap<>(Role.class);
        writers.ifPresent(pool -> pools.put(Role.WRITE, () -> connections(pool)));
        projectors.ifPresent(pool -> pools.put(Role.PROJECT, () -> connections(pool)));
        readers.ifPresent(pool -> pools.put(Role.READ, () -> connections(pool)));
        return pools;
    }

    /** As the writer, or else as the projector, who may ask too. */
    private static Supplier<Optional<OpenAppend>> appends(Database database) {
        var appends = new PostgresOpenAppends(database);
        return () -> {
            database.requireWritable();
            return appends.oldest().map(oldest -> new OpenAppend(oldest.pid(), oldest.age()));
        };
    }

    private static Insight.Views views(Database reader) {
        var checkpoints = PostgresCheckpoints.ofReader(reader, contexts(reader).projections());
        return new Insight.Views(checkpoints::progress, checkpoints::paused);
    }

    private static Connections connections(PostgresPool pool) {
        PostgresPool.Usage now = pool.usage();
        return new Connections(now.active(), now.idle(), now.waiting(), now.max());
    }

    private static Store.Read read(Database reader) {
        Store.Contexts contexts = contexts(reader);
        return new Store.Read(PostgresCheckpoints.ofReader(reader, contexts.projections()), contexts);
    }
}
