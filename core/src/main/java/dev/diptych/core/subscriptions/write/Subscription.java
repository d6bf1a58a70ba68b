package dev.diptych.core.subscriptions.write;

import dev.diptych.core.aggregate.Aggregate;
import dev.diptych.core.money.Money;
import dev.diptych.core.subscriptions.events.SubscriptionEvent;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionCancelled;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionPlanChanged;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionStarted;
import java.time.Instant;

/**
 * The rules of a subscription: it is started, changes its plan as often as its customer likes, and is cancelled once.
 * Asking again for what has been done already does nothing; asking for something else is rejected.
 */
public final class Subscription extends Aggregate<Subscription.State, SubscriptionEvent> {

    /** A subscription to which nothing has happened yet. */
    public Subscription() {
        super(SubscriptionEvent.class, State.NOT_STARTED, Subscription::evolve);
    }

    // State: what the rules need to know, and no more

    enum Status {
        NOT_STARTED,
        RUNNING,
        CANCELLED
    }

    record Terms(String plan, Money monthlyPrice) {}

    /** The first terms are kept because a repeated start is compared with the start, whatever has changed since. */
    record State(
            Status status, String subscriptionId, String customerId, Terms firstTerms, Terms terms, String reason) {

        private static final Terms NO_TERMS = new Terms("", Money.ZERO);

        static final State NOT_STARTED = new State(Status.NOT_STARTED, "", "", NO_TERMS, NO_TERMS, "");

        State under(Terms next) {
            return new State(status, subscriptionId, customerId, firstTerms, next, reason);
        }

        State cancelled(String why) {
            return new State(Status.CANCELLED, subscriptionId, customerId, firstTerms, terms, why);
        }
    }

    // Evolve

    static State evolve(State state, SubscriptionEvent event) {
        return switch (event) {
            case SubscriptionStarted e -> {
                var terms = new Terms(e.plan(), e.monthlyPrice());
                yield new State(Status.RUNNING, e.subscriptionId(), e.customerId(), terms, terms, "");
            }
            case SubscriptionPlanChanged e -> state.under(new Terms(e.plan(), e.monthlyPrice()));
            case SubscriptionCancelled e -> state.cancelled(e.reason());
        };
    }

    // Decide

    void start(String subscriptionId, String customerId, String plan, Money monthlyPrice, Instant at) {
        State state = state();
        if (state.status() == Status.NOT_STARTED) {
            raise(new SubscriptionStarted(subscriptionId, customerId, plan, monthlyPrice, at));
        } else if (!state.customerId().equals(customerId)
                || !state.firstTerms().equals(new Terms(plan, monthlyPrice))) {
            reject(new SubscriptionRejection.StartedDifferently(subscriptionId));
        }
    }

    void changePlan(String plan, Money monthlyPrice, Instant at) {
        State state = state();
        switch (state.status()) {
            case NOT_STARTED, RUNNING -> {
                if (!state.terms().equals(new Terms(plan, monthlyPrice))) {
                    raise(new SubscriptionPlanChanged(
                            state.subscriptionId(), state.customerId(), plan, monthlyPrice, at));
                }
            }
            case CANCELLED -> reject(new SubscriptionRejection.Cancelled(state.subscriptionId(), state.reason()));
        }
    }

    void cancel(String reason, Instant at) {
        State state = state();
        switch (state.status()) {
            case NOT_STARTED, RUNNING ->
                raise(new SubscriptionCancelled(state.subscriptionId(), state.customerId(), reason, at));
            case CANCELLED -> {}
        }
    }
}
