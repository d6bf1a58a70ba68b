package dev.diptych.core.subscriptions.write;

import static dev.diptych.core.eventstore.Text.requireId;
import static dev.diptych.core.eventstore.Text.requireText;

import dev.diptych.core.aggregate.Repository;
import dev.diptych.core.command.Command;
import dev.diptych.core.command.DirectCommandBus;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.money.Money;
import dev.diptych.core.subscriptions.events.SubscriptionEvent;
import java.time.Instant;

/**
 * The commands of a subscription, each with the behaviour of {@link Subscription} that decides on it. A command
 * validates its own fields.
 */
public sealed interface SubscriptionCommand extends Command {

    /** The id of the subscription. */
    String subscriptionId();

    /**
     * Registers the handler: it loads the subscription, calls the behaviour, and appends the events that were raised.
     */
    static void register(DirectCommandBus.Builder bus, EventStore store, EventCodec codec) {
        var subscriptions = new Repository<>(SubscriptionEvent.CATEGORY, Subscription::new, store, codec);
        bus.register(
                SubscriptionCommand.class,
                (command, context) -> subscriptions.update(
                        command.subscriptionId(), context, subscription -> decide(subscription, command)));
    }

    /** Calls the behaviour that decides on a command. */
    static void decide(Subscription subscription, SubscriptionCommand command) {
        switch (command) {
            case StartSubscription c -> subscription.start(c.customerId(), c.plan(), c.monthlyPrice(), c.startedAt());
            case ChangePlan c -> subscription.changePlan(c.plan(), c.monthlyPrice(), c.changedAt());
            case RenewSubscription c -> subscription.renew(c.month(), c.renewedAt());
            case CancelSubscription c -> subscription.cancel(c.reason(), c.cancelledAt());
        }
    }

    /**
     * Starts a subscription.
     *
     * @param subscriptionId an id that the client chose or the server generated
     * @param customerId the id of the customer
     * @param plan the name of the plan, 1 to {@value #MAX_PLAN} characters
     * @param monthlyPrice the price of one month, from zero to {@link #MAX_MONTHLY_PRICE}
     */
    record StartSubscription(
            String subscriptionId, String customerId, String plan, Money monthlyPrice, Instant startedAt)
            implements SubscriptionCommand {

        /** The maximum length of a plan's name, in UTF-16 code units. */
        public static final int MAX_PLAN = 100;

        /** The maximum price of one month; the minimum is zero. */
        public static final Money MAX_MONTHLY_PRICE = Money.of("1000000");

        /**
         * Validates the fields.
         *
         * @throws IllegalArgumentException when an id is malformed, the plan blank or too long, or the price out of
         *     range
         */
        public StartSubscription {
            requireId("subscription id", subscriptionId);
            requireId("customer id", customerId);
            requireText("plan", plan, MAX_PLAN);
            monthlyPrice.requireUpTo(MAX_MONTHLY_PRICE, "monthly price");
        }
    }

    /**
     * Changes the plan of a subscription, its price, or both.
     *
     * @param plan the name of the new plan, with the limits of {@link StartSubscription}
     * @param monthlyPrice the new price of one month, with the limits of {@link StartSubscription}
     */
    record ChangePlan(String subscriptionId, String plan, Money monthlyPrice, Instant changedAt)
            implements SubscriptionCommand {

        /**
         * Validates the fields.
         *
         * @throws IllegalArgumentException when the id is malformed, the plan blank or too long, or the price out of
         *     range
         */
        public ChangePlan {
            requireId("subscription id", subscriptionId);
            requireText("plan", plan, StartSubscription.MAX_PLAN);
            monthlyPrice.requireUpTo(StartSubscription.MAX_MONTHLY_PRICE, "monthly price");
        }
    }

    /**
     * Begins another month of a subscription.
     *
     * @param month the number of the month, from 2; the first began with the start
     */
    record RenewSubscription(String subscriptionId, int month, Instant renewedAt) implements SubscriptionCommand {

        /**
         * Validates the fields.
         *
         * @throws IllegalArgumentException when the id is malformed, or the month is below 2
         */
        public RenewSubscription {
            requireId("subscription id", subscriptionId);
            if (month < 2) {
                throw new IllegalArgumentException("The month must be 2 or higher, but is " + month);
            }
        }
    }

    /**
     * Cancels a subscription.
     *
     * @param reason the reason, 1 to {@value #MAX_REASON} characters
     */
    record CancelSubscription(String subscriptionId, String reason, Instant cancelledAt)
            implements SubscriptionCommand {

        /** The maximum length of a reason, in UTF-16 code units. */
        public static final int MAX_REASON = 500;

        /**
         * Validates the fields.
         *
         * @throws IllegalArgumentException when the id is malformed, or the reason blank or too long
         */
        public CancelSubscription {
            requireId("subscription id", subscriptionId);
            requireText("reason", reason, MAX_REASON);
        }
    }
}
