package dev.diptych.core.subscriptions.write;

import dev.diptych.core.aggregate.Aggregate;
import dev.diptych.core.money.Money;
import dev.diptych.core.subscriptions.events.SubscriptionEvent;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionCancelled;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionPlanChanged;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionStarted;
import java.time.Instant;

/**
 * The rules of a subscription: it is started, changes its plan any number of times, and is cancelled once. Repeating a
 * command whose effect holds does nothing. A command that the state does not allow is rejected.
 */
public final class Subscription extends Aggregate<Subscription.State, SubscriptionEvent> {

    /** A subscription without events. */
    public Subscription(String subscriptionId) {
        super(subscriptionId, SubscriptionEvent.class, State.NOT_STARTED, Subscription::evolve);
    }

    // State: only what the rules need

    enum Status {
        NOT_STARTED,
        RUNNING,
        CANCELLED
    }

    record Terms(String plan, Money monthlyPrice) {}

    /** Keeps the first terms, because a repeated start is compared with them, regardless of later plan changes. */
    record State(Status status, String customerId, Terms firstTerms, Terms terms, String reason) {

        private static final Terms NO_TERMS = new Terms("", Money.ZERO);

        static final State NOT_STARTED = new State(Status.NOT_STARTED, "", NO_TERMS, NO_TERMS, "");

        State withTerms(Terms next) {
            return new State(status, customerId, firstTerms, next, reason);
        }

        State cancelled(String cancelReason) {
            return new State(Status.CANCELLED, customerId, firstTerms, terms, cancelReason);
        }
    }

    // Evolve

    static State evolve(State state, SubscriptionEvent event) {
        return switch (event) {
            case SubscriptionStarted e -> {
                var terms = new Terms(e.plan(), e.monthlyPrice());
                yield new State(Status.RUNNING, e.customerId(), terms, terms, "");
            }
            case SubscriptionPlanChanged e -> state.withTerms(new Terms(e.plan(), e.monthlyPrice()));
            case SubscriptionCancelled e -> state.cancelled(e.reason());
        };
    }

    // Decide

    void start(String customerId, String plan, Money monthlyPrice, Instant at) {
        State state = state();
        if (state.status() == Status.NOT_STARTED) {
            raise(new SubscriptionStarted(id(), customerId, plan, monthlyPrice, at));
        } else if (!state.customerId().equals(customerId)
                || !state.firstTerms().equals(new Terms(plan, monthlyPrice))) {
            reject(new SubscriptionRejection.StartedDifferently(id()));
        }
    }

    void changePlan(String plan, Money monthlyPrice, Instant at) {
        State state = state();
        switch (state.status()) {
            case NOT_STARTED -> rejectAsNotFound();
            case RUNNING -> {
                if (!state.terms().equals(new Terms(plan, monthlyPrice))) {
                    raise(new SubscriptionPlanChanged(id(), state.customerId(), plan, monthlyPrice, at));
                }
            }
            case CANCELLED -> reject(new SubscriptionRejection.Cancelled(id(), state.reason()));
        }
    }

    void cancel(String reason, Instant at) {
        State state = state();
        switch (state.status()) {
            case NOT_STARTED -> rejectAsNotFound();
            case RUNNING -> raise(new SubscriptionCancelled(id(), state.customerId(), reason, at));
            case CANCELLED -> {}
        }
    }
}
