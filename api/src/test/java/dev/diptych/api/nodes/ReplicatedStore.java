package dev.diptych.api.nodes;

import dev.diptych.api.CloseAll;
import dev.diptych.api.Diptych;
import dev.diptych.api.Role;
import dev.diptych.api.Store;
import dev.diptych.api.launch.PostgresStore;
import dev.diptych.store.postgres.PostgresPool.Settings;
import dev.diptych.store.postgres.faults.Backup;
import dev.diptych.store.postgres.faults.PostgresServer;
import dev.diptych.store.postgres.faults.Relay;
import dev.diptych.store.postgres.faults.Standby;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A store on PostgreSQL servers of a test's own. Nodes reach the primary under one address, which moves in a
 * fail-over; each of their roles has a database user with the rights of that role alone.
 */
final class ReplicatedStore implements AutoCloseable {

    private static final String DATABASE = "postgres";
    private static final Map<Role, String> RIGHTS = Map.of(
            Role.WRITE, "diptych_writer",
            Role.PROJECT, "diptych_projector",
            Role.READ, "diptych_reader");

    private final Path directory;
    private final Deque<Runnable> toClose = new ArrayDeque<>();
    private final Relay address;
    private PostgresServer primary;
    private int servers = 1;

    private ReplicatedStore(Path directory) {
        this.directory = directory;
        this.primary = opened(PostgresServer.create(directory.resolve("server-0")), PostgresServer::close);
        this.address = opened(Relay.to(primary.port()), Relay::close);
    }

    /** A store with one server, in which nothing has happened yet. */
    static ReplicatedStore create(Path directory) {
        var store = new ReplicatedStore(directory);
        Settings owner = Settings.of(store.primary.url(DATABASE), "", "", "owner");
        PostgresStore.open("postgres", new PostgresStore.Access(Optional.of(owner), Map.of()))
                .close();
        RIGHTS.forEach(
                (role, rights) -> store.execute("CREATE ROLE diptych_node_" + role + " LOGIN IN ROLE " + rights));
        return store;
    }

    private <T> T opened(T resource, Consumer<T> close) {
        toClose.push(() -> close.accept(resource));
        return resource;
    }

    PostgresServer primary() {
        return primary;
    }

    /** Executes statements on the primary, as its superuser. */
    void execute(String sql) {
        primary.execute(DATABASE, sql);
    }

    /** The first column of what a query on the primary returns. */
    List<String> query(String sql) {
        return primary.query(DATABASE, sql);
    }

    /** A standby of the primary, which has caught up. */
    Standby standby() {
        Standby standby = opened(backup().standby(), Standby::close);
        standby.awaitCaughtUp(primary);
        return standby;
    }

    /** A backup of the primary. */
    Backup backup() {
        return Backup.of(primary, directory.resolve("server-" + servers++));
    }

    /** Kills the primary, promotes the standby, and moves the address there. What was not replicated is lost. */
    void failOverTo(Standby standby) {
        primary.kill();
        standby.cutReplication();
        standby.server().promote();
        moveTo(standby.server());
    }

    /** The same with a second standby, which then follows the promoted one. */
    void failOverTo(Standby standby, Standby other) {
        other.cutReplication(); // it may not receive what the promoted one lacks
        standby.awaitReceived(other);
        failOverTo(standby);
        other.replication().pointTo(primary.port());
        other.restoreReplication();
    }

    /** Shuts the primary down, which hands everything to the standby, promotes it, and moves the address there. */
    void switchOverTo(Standby standby) {
        standby.awaitCaughtUp(primary);
        primary.stop();
        standby.server().promote();
        moveTo(standby.server());
    }

    /** Kills the primary, restores a backup in its place, and moves the address there. */
    void restore(Backup backup) {
        primary.kill();
        moveTo(opened(backup.restore(), PostgresServer::close));
    }

    private void moveTo(PostgresServer server) {
        primary = server;
        address.pointTo(server.port());
    }

    /** The URL of the primary, whichever it is. */
    String url() {
        return address.url(primary.url(DATABASE));
    }

    /** A node with some roles, on the primary. */
    Diptych start(Role... roles) {
        return start(store -> store, roles);
    }

    /** The same on a store that the test has wrapped. */
    Diptych start(UnaryOperator<Store> wrapped, Role... roles) {
        String url = url();
        return start(wrapped, Map.of(Role.WRITE, url, Role.PROJECT, url, Role.READ, url), Set.of(roles));
    }

    /** A node with some roles on one server, such as a standby. */
    static Diptych startOn(PostgresServer server, Role... roles) {
        return startOn(server, store -> store, roles);
    }

    /** The same on a store that the test has wrapped. */
    static Diptych startOn(PostgresServer server, UnaryOperator<Store> wrapped, Role... roles) {
        String url = server.url(DATABASE);
        return start(wrapped, Map.of(Role.WRITE, url, Role.PROJECT, url, Role.READ, url), Set.of(roles));
    }

    /** A node of which each role has a URL of its own. */
    static Diptych start(Map<Role, String> urls) {
        return start(store -> store, urls, urls.keySet());
    }

    private static Diptych start(UnaryOperator<Store> wrapped, Map<Role, String> urls, Set<Role> roles) {
        Store store = PostgresStore.open(
                "postgres",
                new PostgresStore.Access(
                        Optional.empty(),
                        roles.stream().collect(Collectors.toMap(role -> role, role -> user(urls.get(role), role)))));
        return Diptych.start(wrapped.apply(store), "127.0.0.1", 0);
    }

    private static Settings user(String url, Role role) {
        return Settings.of(url, "diptych_node_" + role, "", "node-" + role);
    }

    @Override
    public void close() {
        CloseAll.run(toClose);
    }
}
