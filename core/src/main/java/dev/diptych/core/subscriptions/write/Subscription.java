package dev.diptych.core.subscriptions.write;

import dev.diptych.core.aggregate.Aggregate;
import dev.diptych.core.money.Money;
import dev.diptych.core.subscriptions.events.SubscriptionEvent;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionCancelled;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionPlanChanged;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionRenewed;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionStarted;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * The rules of a subscription: it is started, changes its plan any number of times, is renewed month by month, and is
 * cancelled once. Repeating a command whose effect holds does nothing. A command that the state does not allow is
 * rejected.
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
    record State(
            Status status,
            String customerId,
            Terms firstTerms,
            Terms terms,
            Instant startedAt,
            int month,
            String reason) {

        private static final Terms NO_TERMS = new Terms("", Money.ZERO);

        static final State NOT_STARTED = new State(Status.NOT_STARTED, "", NO_TERMS, NO_TERMS, Instant.EPOCH, 0, "");

        State withTerms(Terms next) {
            return new State(status, customerId, firstTerms, next, startedAt, month, reason);
        }

        State renewed(int next) {
            return new State(status, customerId, firstTerms, terms, startedAt, next, reason);
        }

        State cancelled(String cancelReason) {
            return new State(Status.CANCELLED, customerId, firstTerms, terms, startedAt, month, cancelReason);
        }
    }

    // Evolve

    static State evolve(State state, SubscriptionEvent event) {
        return switch (event) {
            case SubscriptionStarted e -> {
                var terms = new Terms(e.plan(), e.monthlyPrice());
                yield new State(Status.RUNNING, e.customerId(), terms, terms, e.startedAt(), 1, "");
            }
            case SubscriptionPlanChanged e -> state.withTerms(new Terms(e.plan(), e.monthlyPrice()));
            case SubscriptionRenewed e -> state.renewed(e.month());
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

    void renew(int month, Instant at) {
        State state = state();
        switch (state.status()) {
            case NOT_STARTED -> rejectAsNotFound();
            case RUNNING -> {
                if (month > state.month()) {
                    renew(state, month, at);
                }
            }
            case CANCELLED -> reject(new SubscriptionRejection.Cancelled(id(), state.reason()));
        }
    }

    private void renew(State state, int month, Instant at) {
        int next = state.month() + 1;
        Instant nextAt = beginOfMonth(state.startedAt(), next);
        if (month != next || at.isBefore(nextAt)) {
            reject(new SubscriptionRejection.NotDue(id(), next, nextAt));
            return;
        }
        Terms terms = state.terms();
        raise(new SubscriptionRenewed(id(), state.customerId(), terms.plan(), terms.monthlyPrice(), month, at));
    }

    /**
     * Returns when a month of a subscription begins: on the day and at the time of its start, in UTC, or on the last
     * day of a month without that day.
     *
     * @param month the number of the month, from 1
     */
    public static Instant beginOfMonth(Instant startedAt, int month) {
        return startedAt.atOffset(ZoneOffset.UTC).plusMonths(month - 1L).toInstant();
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
