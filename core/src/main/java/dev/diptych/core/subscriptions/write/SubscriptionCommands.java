package dev.diptych.core.subscriptions.write;

import dev.diptych.core.aggregate.Repository;
import dev.diptych.core.bus.DirectCommandBus;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.EventStore;

/** Who handles the commands of subscriptions: each loads one, lets it act, and appends what it raised. */
public final class SubscriptionCommands {

    private SubscriptionCommands() {}

    /** Registers the three handlers. */
    public static void register(DirectCommandBus.Builder bus, EventStore store, EventCodec codec) {
        var subscriptions = new Repository<>("subscription", Subscription::new, store, codec);

        bus.register(
                StartSubscription.class,
                (command, context) -> subscriptions.begin(
                        command.subscriptionId(),
                        context,
                        subscription -> subscription.start(
                                command.subscriptionId(),
                                command.customerId(),
                                command.plan(),
                                command.monthlyPrice(),
                                command.startedAt())));

        bus.register(
                ChangePlan.class,
                (command, context) -> subscriptions.act(
                        command.subscriptionId(),
                        context,
                        subscription ->
                                subscription.changePlan(command.plan(), command.monthlyPrice(), command.changedAt())));

        bus.register(
                CancelSubscription.class,
                (command, context) -> subscriptions.act(
                        command.subscriptionId(),
                        context,
                        subscription -> subscription.cancel(command.reason(), command.cancelledAt())));
    }
}
