package dev.diptych.api;

import dev.diptych.api.http.Role;
import dev.diptych.api.ops.Insight;
import dev.diptych.core.customers.read.CustomerViews;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.orders.read.OrderViews;
import dev.diptych.core.projection.Lease;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.query.Checkpoints;
import dev.diptych.core.query.DirectQueryBus;
import dev.diptych.core.query.Views;
import dev.diptych.core.subscriptions.read.SubscriptionViews;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a store brings along, by the role that needs it. What no role of this node needs is not there: no connection is
 * opened for it, and nothing can use it by mistake.
 *
 * @param name what it is called in the option {@code --store}
 * @param write for the role {@link Role#WRITE}
 * @param project for the role {@link Role#PROJECT}
 * @param read for the role {@link Role#READ}
 * @param insight what it shows to those who run the API
 * @param onClose frees what it holds
 */
record Store(
        String name,
        Optional<Write> write,
        Optional<Project> project,
        Optional<Read> read,
        Insight insight,
        Runnable onClose)
        implements AutoCloseable {

    /**
     * What commands need.
     *
     * @param events to append to, and to read streams from
     */
    record Write(EventStore events) {}

    /**
     * What projections need.
     *
     * @param events to read all of
     * @param readModels where the rows and the checkpoint of each projection are
     * @param leases by the name of a projection, what says whether this node runs it
     */
    record Project(EventStore events, List<ReadModelStore> readModels, Function<String, Lease> leases) {}

    /**
     * What queries need.
     *
     * @param checkpoints how far the projections are where the views are read
     * @param contexts the views
     */
    record Read(Checkpoints checkpoints, Contexts contexts) {}

    /**
     * The views of all contexts, over one connection to the store.
     *
     * @param orders the views of orders
     * @param subscriptions the views of subscriptions
     * @param customers the views of customers
     */
    record Contexts(OrderViews orders, SubscriptionViews subscriptions, CustomerViews customers) {

        /** Registers a handler for every query. */
        void register(DirectQueryBus.Builder bus) {
            all().forEach(context -> context.register(bus));
        }

        /** The read models of all contexts. */
        List<ReadModelStore> readModels() {
            return all().flatMap(context -> context.readModels().stream()).toList();
        }

        /** The names of all projections. */
        List<String> projections() {
            return readModels().stream().map(ReadModelStore::projection).toList();
        }

        private Stream<Views> all() {
            return Stream.of(orders, subscriptions, customers);
        }
    }

    /** The roles that it has something for. */
    Set<Role> roles() {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        write.ifPresent(part -> roles.add(Role.WRITE));
        project.ifPresent(part -> roles.add(Role.PROJECT));
        read.ifPresent(part -> roles.add(Role.READ));
        return roles;
    }

    /** A name that tells this node from all others, also from those that had its process number before. */
    static String newNode() {
        return ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    }

    @Override
    public void close() {
        onClose.run();
    }
}
