package dev.diptych.api;

import dev.diptych.api.http.Role;
import dev.diptych.api.ops.Insight;
import dev.diptych.core.customers.read.ActiveCustomers;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.orders.read.OrderList;
import dev.diptych.core.orders.read.OrderSummaries;
import dev.diptych.core.orders.read.ProductSalesList;
import dev.diptych.core.projection.Checkpoints;
import dev.diptych.core.projection.Lease;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.subscriptions.read.SubscriptionSummaries;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

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
     * @param checkpoints how far the read models are where they are read
     * @param orderSummaries answers for single orders
     * @param orderList answers for lists of orders
     * @param productSales answers for what has been sold
     * @param subscriptionSummaries answers for single subscriptions
     * @param activeCustomers answers for lists of customers
     */
    record Read(
            Checkpoints checkpoints,
            OrderSummaries orderSummaries,
            OrderList orderList,
            ProductSalesList productSales,
            SubscriptionSummaries subscriptionSummaries,
            ActiveCustomers activeCustomers) {}

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
