package dev.diptych.core.subscriptions.write;

import dev.diptych.core.aggregate.Spec;
import dev.diptych.core.bus.Command;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.money.Money;
import dev.diptych.core.subscriptions.events.SubscriptionEvent;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionCancelled;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionPlanChanged;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionStarted;
import dev.diptych.core.subscriptions.write.SubscriptionRejection.Cancelled;
import dev.diptych.core.subscriptions.write.SubscriptionRejection.StartedDifferently;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of a subscription, by example, for whatever implements them. */
abstract class SubscriptionSpecs {

    private static final Instant T0 = Instant.parse("2026-01-01T10:00:00Z");
    private static final Instant T1 = T0.plusSeconds(60);
    private static final Instant T2 = T1.plusSeconds(60);
    private static final Money PRICE = Money.of("9.90");
    private static final Money HIGHER = Money.of("19.90");

    private static final SubscriptionEvent STARTED = new SubscriptionStarted("s1", "c1", "basic", PRICE, T0);
    private static final SubscriptionEvent CHANGED = new SubscriptionPlanChanged("s1", "c1", "large", HIGHER, T0);
    private static final SubscriptionEvent CANCELLED = new SubscriptionCancelled("s1", "c1", "too dear", T0);

    private static final Command START = new StartSubscription("s1", "c1", "basic", PRICE, T1);
    private static final Command CHANGE = new ChangePlan("s1", "large", HIGHER, T1);
    private static final Command CANCEL = new CancelSubscription("s1", "moved away", T1);

    abstract Spec.Subject subject();

    private Spec given(SubscriptionEvent... history) {
        return Spec.of(subject(), "subscription-s1").given((Object[]) history);
    }

    // Start

    @Test
    void a_subscription_is_started() {
        given().when(START).then(new SubscriptionStarted("s1", "c1", "basic", PRICE, T1));
    }

    @Test
    void a_subscription_may_cost_nothing_or_very_much() {
        for (Money price : List.of(Money.ZERO, Money.of("1000000"))) {
            given().when(new StartSubscription("s1", "c1", "basic", price, T1))
                    .then(new SubscriptionStarted("s1", "c1", "basic", price, T1));
        }
    }

    @Test
    void starting_the_same_subscription_again_does_nothing() {
        given(STARTED).when(START).thenNothing();
        given(STARTED)
                .when(new StartSubscription("s1", "c1", "basic", Money.of("9.9"), T2))
                .thenNothing();
    }

    @Test
    void starting_the_same_subscription_again_does_nothing_whatever_has_become_of_it() {
        given(STARTED, CHANGED).when(START).thenNothing();
        given(STARTED, CANCELLED).when(START).thenNothing();
        given(STARTED, CHANGED, CANCELLED).when(START).thenNothing();
    }

    @Test
    void another_subscription_cannot_be_started_under_the_same_id() {
        var rejection = new StartedDifferently("s1");
        List<Command> others = List.of(
                new StartSubscription("s1", "c2", "basic", PRICE, T1),
                new StartSubscription("s1", "c1", "Basic", PRICE, T1),
                new StartSubscription("s1", "c1", "basic", HIGHER, T1));
        for (Command other : others) {
            given(STARTED).when(other).thenRejected(rejection);
            given(STARTED, CHANGED).when(other).thenRejected(rejection);
            given(STARTED, CANCELLED).when(other).thenRejected(rejection);
        }
    }

    @Test
    void starting_under_the_terms_that_hold_now_is_not_starting_the_same_again() {
        given(STARTED, CHANGED)
                .when(new StartSubscription("s1", "c1", "large", HIGHER, T1))
                .thenRejected(new StartedDifferently("s1"));
    }

    // Change plan

    @Test
    void a_running_subscription_changes_its_plan_its_price_or_both() {
        given(STARTED).when(CHANGE).then(new SubscriptionPlanChanged("s1", "c1", "large", HIGHER, T1));
        given(STARTED)
                .when(new ChangePlan("s1", "large", PRICE, T1))
                .then(new SubscriptionPlanChanged("s1", "c1", "large", PRICE, T1));
        given(STARTED)
                .when(new ChangePlan("s1", "basic", HIGHER, T1))
                .then(new SubscriptionPlanChanged("s1", "c1", "basic", HIGHER, T1));
    }

    @Test
    void a_plan_can_be_changed_back() {
        given(STARTED, CHANGED)
                .when(new ChangePlan("s1", "basic", PRICE, T1))
                .then(new SubscriptionPlanChanged("s1", "c1", "basic", PRICE, T1));
    }

    @Test
    void changing_to_the_plan_and_price_that_hold_does_nothing() {
        given(STARTED).when(new ChangePlan("s1", "basic", PRICE, T1)).thenNothing();
        given(STARTED, CHANGED).when(CHANGE).thenNothing();
    }

    @Test
    void the_plan_of_a_cancelled_subscription_cannot_be_changed() {
        var rejection = new Cancelled("s1", "too dear");
        given(STARTED, CANCELLED).when(CHANGE).thenRejected(rejection);
        given(STARTED, CHANGED, CANCELLED).when(CHANGE).thenRejected(rejection);
        given(STARTED, CANCELLED).when(new ChangePlan("s1", "basic", PRICE, T1)).thenRejected(rejection);
    }

    // Cancel

    @Test
    void a_running_subscription_is_cancelled() {
        var cancelled = new SubscriptionCancelled("s1", "c1", "moved away", T1);
        given(STARTED).when(CANCEL).then(cancelled);
        given(STARTED, CHANGED).when(CANCEL).then(cancelled);
    }

    @Test
    void cancelling_again_does_nothing_and_keeps_the_first_reason() {
        given(STARTED, CANCELLED).when(CANCEL).thenNothing();
        given(STARTED, CANCELLED)
                .when(new CancelSubscription("s1", "too dear", T2))
                .thenNothing();
        given(STARTED, CANCELLED).when(CHANGE).thenRejected(new Cancelled("s1", "too dear"));
    }

    // Unknown

    @Test
    void a_command_to_an_unknown_subscription_finds_nothing() {
        for (Command command : List.of(CHANGE, CANCEL)) {
            given().when(command).thenNotFound("subscription", "s1");
        }
        given(STARTED).when(new CancelSubscription("s2", "why", T1)).thenNotFound("subscription", "s2");
    }

    // Stored long ago

    @Test
    void a_subscription_that_was_stored_with_its_price_in_cents_goes_on_as_any_other() {
        var inCents = new NewEvent("subscription-started", 1, """
                {"subscription_id": "s1", "customer_id": "c1", "plan": "basic", "monthly_price_cents": 990,
                 "started_at": "2020-01-01T10:00:00Z"}""", "{}");
        givenStored(inCents).when(START).thenNothing();
        givenStored(inCents).when(new ChangePlan("s1", "basic", PRICE, T1)).thenNothing();
        givenStored(inCents).when(CHANGE).then(new SubscriptionPlanChanged("s1", "c1", "large", HIGHER, T1));
        givenStored(inCents).when(CANCEL).then(new SubscriptionCancelled("s1", "c1", "moved away", T1));
    }

    private Spec givenStored(NewEvent... history) {
        return Spec.of(subject(), "subscription-s1").stored(List.of(history));
    }
}
