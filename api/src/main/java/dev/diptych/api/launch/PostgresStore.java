package dev.diptych.api.launch;

import dev.diptych.api.Automations;
import dev.diptych.api.CloseAll;
import dev.diptych.api.Role;
import dev.diptych.api.Store;
import dev.diptych.api.operations.Connections;
import dev.diptych.core.eventstore.OpenAppend;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresHeldAppends;
import dev.diptych.store.postgres.PostgresPool;
import dev.diptych.store.postgres.PostgresPool.Settings;
import dev.diptych.store.postgres.PostgresSchema;
import dev.diptych.store.postgres.PostgresWakeUps;
import dev.diptych.store.postgres.addresses.PostgresAddresses;
import dev.diptych.store.postgres.customers.PostgresCustomers;
import dev.diptych.store.postgres.events.PostgresEventStore;
import dev.diptych.store.postgres.events.PostgresOpenAppends;
import dev.diptych.store.postgres.orders.PostgresOrders;
import dev.diptych.store.postgres.readmodels.PostgresCheckpoints;
import dev.diptych.store.postgres.readmodels.PostgresLease;
import dev.diptych.store.postgres.renewals.PostgresRenewals;
import dev.diptych.store.postgres.subscriptions.PostgresSubscriptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Assembles the PostgreSQL store. Each role of the node has its own connection pool and its own privileges. */
public final class PostgresStore {

    /** All components of the schema, in the order in which they are migrated. */
    private static final List<PostgresSchema.Component> SCHEMA = List.of(
            PostgresSchema.EVENTS,
            PostgresOrders.SCHEMA,
            PostgresSubscriptions.SCHEMA,
            PostgresCustomers.SCHEMA,
            PostgresRenewals.SCHEMA,
            PostgresAddresses.SCHEMA);

    private PostgresStore() {}

    /**
     * The database users of a node.
     *
     * @param owner the user that runs the migrations at startup; empty to skip them
     * @param roles the roles of the node
     * @param users the user of each role whose connections the node uses, see {@link Role#connections}
     */
    public record Access(Optional<Settings> owner, Set<Role> roles, Map<Role, Settings> users) {

        /** Creates the users of a node that has the role of each. */
        public Access(Optional<Settings> owner, Map<Role, Settings> users) {
            this(owner, users.keySet(), users);
        }

        /** Creates the users of a node that runs the migrations and has all roles. */
        public static Access all(Settings owner, Settings writer, Settings projector, Settings reader) {
            return new Access(
                    Optional.of(owner),
                    EnumSet.allOf(Role.class),
                    Map.of(Role.WRITE, writer, Role.PROJECT, projector, Role.READ, reader));
        }
    }

    /** Opens a store on an embedded PostgreSQL, which is started first and stopped last. */
    public static Store embedded(Path data) {
        return embedded(data, Automations.NONE);
    }

    /** Opens a store on an embedded PostgreSQL, which is started first and stopped last. */
    static Store embedded(Path data, Automations automations) {
        EmbeddedServer server = EmbeddedServer.start(data);
        return open(server.toString(), automations, toClose -> {
            toClose.push(server::close);
            Migrations.run(server.owner(), SCHEMA);
            server.createUsers();
            return server.access();
        });
    }

    /** Opens a store on a running PostgreSQL without automations; see {@link #open(String, Access, Automations)}. */
    public static Store open(String name, Access access) {
        return open(name, access, Automations.NONE);
    }

    /**
     * Opens a store on a running PostgreSQL.
     *
     * @throws IllegalStateException when the schema is older than this program, or the database, a user or a connection
     *     pooler does not meet the store's requirements
     * @throws StoreUnavailableException when the database cannot be reached; the message names the options
     */
    public static Store open(String name, Access access, Automations automations) {
        return open(name, automations, toClose -> {
            access.owner().ifPresent(owner -> connecting(PostgresOptions.NAMES, () -> Migrations.run(owner, SCHEMA)));
            return access;
        });
    }

    /** Opens a store. When that fails, or the store is closed, all resources are closed in reverse order. */
    private static Store open(String name, Automations automations, Function<Deque<Runnable>, Access> prepare) {
        Deque<Runnable> toClose = new ArrayDeque<>();
        try {
            Access access = prepare.apply(toClose);
            Map<Role, PostgresPool> pools = new EnumMap<>(Role.class);
            for (Role role : Role.connections(access.roles())) {
                pools.put(
                        role, opened(role, Objects.requireNonNull(access.users().get(role)), toClose));
            }
            Database writer = database(Role.WRITE, source(Role.WRITE, pools, PostgresPool::pooled));
            Database projector = database(Role.PROJECT, source(Role.PROJECT, pools, PostgresPool::pooled));
            Database reader = database(Role.READ, source(Role.READ, pools, PostgresPool::pooled));
            String node = Store.newNode();
            var wakeUps = new PostgresWakeUps(
                    source(Role.WRITE, pools, PostgresPool::dedicated),
                    source(Role.PROJECT, pools, PostgresPool::dedicated));
            toClose.push(wakeUps::close);
            return new Store(
                    name,
                    access.roles(),
                    new PostgresEventStore(writer, writer, wakeUps),
                    new PostgresAddresses(writer),
                    project(projector, automations, node, wakeUps),
                    read(reader, automations),
                    automation -> PostgresLease.ofAutomation(
                            writer, automation.name(), automation.version(), node, PostgresLease.DEFAULT_LENGTH),
                    oldestAppend(pools.containsKey(Role.WRITE) ? writer : projector),
                    new PostgresHeldAppends(source(Role.WRITE, pools, PostgresPool::dedicated), wakeUps)::open,
                    usage(pools),
                    () -> CloseAll.run(toClose));
        } catch (RuntimeException e) {
            try {
                CloseAll.run(toClose);
            } catch (RuntimeException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    private static PostgresPool opened(Role role, Settings user, Deque<Runnable> toClose) {
        var pool = new PostgresPool(user);
        toClose.push(pool::close);
        connecting(PostgresOptions.namesFor(role), pool::requireUsable);
        PostgresSchema.require(database(role, pool.pooled()), SCHEMA);
        return pool;
    }

    /** Adds the names of the connection's options to the message when the connection fails. */
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

    private static Database database(Role role, DataSource connections) {
        return switch (role) {
            case WRITE -> Database.ofWriter(connections);
            case PROJECT -> Database.ofProjector(connections);
            case READ -> Database.ofReader(connections);
            case AUTOMATE -> throw new IllegalArgumentException("The role automate has no connections of its own");
        };
    }

    /** Returns the connections of a role; if the node does not have the role, a source that always throws. */
    private static DataSource source(
            Role role, Map<Role, PostgresPool> pools, Function<PostgresPool, DataSource> connections) {
        PostgresPool pool = pools.get(role);
        return pool != null
                ? connections.apply(pool)
                : new PGSimpleDataSource() {
                    @Override
                    public Connection getConnection() {
                        throw new IllegalStateException("This node does not have the role " + role);
                    }
                };
    }

    private static Store.Project project(
            Database projector, Automations automations, String node, PostgresWakeUps wakeUps) {
        Store.Contexts contexts = contexts(projector, automations);
        var checkpoints = PostgresCheckpoints.ofProjector(projector, contexts.projections());
        return new Store.Project(
                new PostgresEventStore(projector, projector, wakeUps),
                contexts.readModels(),
                rows -> new PostgresLease(
                        projector, rows.projection(), rows.generations().version(), node, PostgresLease.DEFAULT_LENGTH),
                () -> {
                    projector.requireWritable();
                    return checkpoints.progress();
                });
    }

    private static Store.Read read(Database reader, Automations automations) {
        Store.Contexts contexts = contexts(reader, automations);
        return new Store.Read(PostgresCheckpoints.ofReader(reader, contexts.projections()), contexts);
    }

    private static Store.Contexts contexts(Database database, Automations automations) {
        var orders = new PostgresOrders(database);
        var subscriptions = new PostgresSubscriptions(database);
        return new Store.Contexts(
                orders,
                orders,
                subscriptions,
                subscriptions,
                new PostgresCustomers(database),
                new PostgresRenewals(database),
                automations);
    }

    /** Needs the privileges of the writer or the projector. */
    private static Supplier<Optional<OpenAppend>> oldestAppend(Database database) {
        var appends = new PostgresOpenAppends(database);
        return () -> {
            database.requireWritable();
            return appends.oldest();
        };
    }

    private static Map<Role, Supplier<Connections>> usage(Map<Role, PostgresPool> pools) {
        Map<Role, Supplier<Connections>> usage = new EnumMap<>(Role.class);
        pools.forEach((role, pool) -> usage.put(role, () -> {
            PostgresPool.Usage now = pool.usage();
            return new Connections(now.active(), now.idle(), now.waiting(), now.max());
        }));
        return usage;
    }
}
