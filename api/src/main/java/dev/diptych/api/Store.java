package dev.diptych.api;

import dev.diptych.api.operations.Connections;
import dev.diptych.core.addresses.Addresses;
import dev.diptych.core.automation.Automation;
import dev.diptych.core.customers.read.CustomerViews;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.OpenAppend;
import dev.diptych.core.orders.automation.OrderTodoLists;
import dev.diptych.core.orders.read.OrderViews;
import dev.diptych.core.projection.Lease;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.query.Checkpoints;
import dev.diptych.core.query.DirectQueryBus;
import dev.diptych.core.query.ProjectionProgress;
import dev.diptych.core.query.Views;
import dev.diptych.core.renewals.RenewalTodoLists;
import dev.diptych.core.subscriptions.automation.SubscriptionTodoLists;
import dev.diptych.core.subscriptions.read.SubscriptionViews;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * An assembled store. The parts for a role that this node does not have open no connection, and fail when used.
 *
 * @param name the name in the startup message
 * @param roles the roles of this node
 * @param events the event store for commands
 * @param addresses the addresses of customers, which have no read model; called only on nodes with the role write
 * @param project the parts for projections
 * @param read the parts for queries
 * @param leases returns the lease of an automation
 * @param oldestAppend the append that has been open for the longest time; called only on nodes with the role write or
 *     project
 * @param openAppend opens an append that has drawn a position, and stays open for at most the given time; running the
 *     result rolls it back, and does not throw; called only on nodes with the role write
 * @param pools the current use of each role's connection pool; empty for a store without connections
 * @param onClose releases the store's resources
 */
public record Store(
        String name,
        Set<Role> roles,
        EventStore events,
        Addresses addresses,
        Project project,
        Read read,
        Function<Automation<?, ?>, Lease> leases,
        Supplier<Optional<OpenAppend>> oldestAppend,
        Function<Duration, Runnable> openAppend,
        Map<Role, Supplier<Connections>> pools,
        Runnable onClose)
        implements AutoCloseable {

    /** Copies the collections. */
    public Store {
        roles = Set.copyOf(roles);
        pools = Map.copyOf(pools);
    }

    /**
     * The parts for projections.
     *
     * @param events the event store from which the projections read
     * @param readModels the read model of each projection
     * @param leases returns the lease of a read model's projection
     * @param progress the progress of each projection by its name
     */
    public record Project(
            EventStore events,
            List<ReadModelStore> readModels,
            Function<ReadModelStore, Lease> leases,
            Supplier<Map<String, ProjectionProgress>> progress) {}

    /**
     * The parts for queries.
     *
     * @param checkpoints the checkpoints of the projections in the database that answers queries
     * @param contexts the views of all contexts
     * @param maxReplicaLag the lag of a standby beyond which a node that reads it is not ready; empty for no limit
     */
    public record Read(Checkpoints checkpoints, Contexts contexts, Optional<Duration> maxReplicaLag) {

        /** The same without a limit. */
        public Read(Checkpoints checkpoints, Contexts contexts) {
            this(checkpoints, contexts, Optional.empty());
        }
    }

    /** Returns the same store with a limit for the lag of a standby that answers queries. */
    public Store withMaxReplicaLag(Duration max) {
        Read limited = new Read(read.checkpoints(), read.contexts(), Optional.of(max));
        return new Store(
                name, roles, events, addresses, project, limited, leases, oldestAppend, openAppend, pools, onClose);
    }

    /**
     * The views of all contexts, in one database.
     *
     * @param orderTodoLists the to-do lists of orders, whose read models are among those of {@code orders}
     * @param subscriptionTodoLists those of subscriptions, among those of {@code subscriptions}
     * @param automations the automations that are on
     */
    public record Contexts(
            OrderViews orders,
            OrderTodoLists orderTodoLists,
            SubscriptionViews subscriptions,
            SubscriptionTodoLists subscriptionTodoLists,
            CustomerViews customers,
            RenewalTodoLists renewals,
            Automations automations) {

        /** Registers a handler for each query. */
        void register(DirectQueryBus.Builder bus) {
            all().forEach(context -> context.register(bus));
        }

        /** Returns the read models of all contexts, except those of the lists of automations that are off. */
        public List<ReadModelStore> readModels() {
            return all().flatMap(context -> context.readModels().stream())
                    .filter(rows -> automations.need(rows.projection()))
                    .toList();
        }

        /** Returns the names of the projections of {@link #readModels}. */
        public List<String> projections() {
            return readModels().stream().map(ReadModelStore::projection).toList();
        }

        private Stream<Views> all() {
            return Stream.of(orders, subscriptions, customers, renewals);
        }
    }

    boolean has(Role role) {
        return roles.contains(role);
    }

    /** Returns a new, globally unique name for this node. */
    public static String newNode() {
        return ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    }

    @Override
    public void close() {
        onClose.run();
    }
}
