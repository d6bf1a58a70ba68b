package dev.diptych.core.subscriptions.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.aggregate.AggregateNotFoundException;
import dev.diptych.core.aggregate.Spec;
import dev.diptych.core.command.Command;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.money.Money;
import dev.diptych.core.subscriptions.events.SubscriptionEvent;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionCancelled;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionPlanChanged;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionRenewed;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionStarted;
import dev.diptych.core.subscriptions.write.SubscriptionCommand.CancelSubscription;
import dev.diptych.core.subscriptions.write.SubscriptionCommand.ChangePlan;
import dev.diptych.core.subscriptions.write.SubscriptionCommand.RenewSubscription;
import dev.diptych.core.subscriptions.write.SubscriptionCommand.StartSubscription;
import dev.diptych.core.subscriptions.write.SubscriptionRejection.Cancelled;
import dev.diptych.core.subscriptions.write.SubscriptionRejection.NotDue;
import dev.diptych.core.subscriptions.write.SubscriptionRejection.StartedDifferently;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of a subscription by example, for every implementation. */
abstract class SubscriptionSpecs {

    private static final Instant T0 = Instant.parse("2026-01-01T10:00:00Z");
    private static final Instant T1 = T0.plusSeconds(60);
    private static final Instant T2 = T1.plusSeconds(60);
    private static final Instant FEBRUARY = Instant.parse("2026-02-01T10:00:00Z");
    private static final Instant MARCH = Instant.parse("2026-03-01T10:00:00Z");
    private static final Money PRICE = Money.of("9.90");
    private static final Money HIGHER = Money.of("19.90");

    private static final SubscriptionEvent STARTED = new SubscriptionStarted("s1", "c1", "basic", PRICE, T0);
    private static final SubscriptionEvent CHANGED = new SubscriptionPlanChanged("s1", "c1", "large", HIGHER, T0);
    private static final SubscriptionEvent CANCELLED = new SubscriptionCancelled("s1", "c1", "too dear", T0);

    private static final SubscriptionCommand START = new StartSubscription("s1", "c1", "basic", PRICE, T1);
    private static final SubscriptionCommand CHANGE = new ChangePlan("s1", "large", HIGHER, T1);
    private static final SubscriptionCommand RENEW = new RenewSubscription("s1", 2, FEBRUARY);
    private static final SubscriptionCommand CANCEL = new CancelSubscription("s1", "moved away", T1);

    abstract Spec.Subject subject();

    /** Returns the decision without a bus or a repository: events, or one rejection or exception. */
    abstract List<Object> decided(List<SubscriptionEvent> history, SubscriptionCommand command);

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
    void starting_the_same_subscription_again_does_nothing_in_any_later_state() {
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
    void starting_again_with_the_changed_plan_is_rejected() {
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
    void changing_to_the_current_plan_and_price_does_nothing() {
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

    // Renew

    @Test
    void a_running_subscription_is_renewed_on_the_terms_of_its_plan() {
        given(STARTED).when(RENEW).then(renewed("basic", PRICE, 2, FEBRUARY));
        given(STARTED, CHANGED).when(RENEW).then(renewed("large", HIGHER, 2, FEBRUARY));
        given(STARTED, renewed("basic", PRICE, 2, FEBRUARY))
                .when(new RenewSubscription("s1", 3, MARCH.plusSeconds(9)))
                .then(renewed("basic", PRICE, 3, MARCH.plusSeconds(9)));
    }

    @Test
    void a_month_does_not_begin_again() {
        given(STARTED, renewed("basic", PRICE, 2, FEBRUARY))
                .when(new RenewSubscription("s1", 2, MARCH))
                .thenNothing();
    }

    @Test
    void a_month_does_not_begin_early_or_out_of_order() {
        given(STARTED)
                .when(new RenewSubscription("s1", 2, FEBRUARY.minusMillis(1)))
                .thenRejected(new NotDue("s1", 2, FEBRUARY));
        given(STARTED).when(new RenewSubscription("s1", 3, MARCH)).thenRejected(new NotDue("s1", 2, FEBRUARY));
        given(STARTED, renewed("basic", PRICE, 2, FEBRUARY))
                .when(new RenewSubscription("s1", 3, FEBRUARY))
                .thenRejected(new NotDue("s1", 3, MARCH));
    }

    @Test
    void a_cancelled_subscription_is_not_renewed() {
        given(STARTED, CANCELLED).when(RENEW).thenRejected(new Cancelled("s1", "too dear"));
    }

    @Test
    void the_plan_of_a_renewed_subscription_is_changed_and_the_subscription_cancelled() {
        SubscriptionEvent renewed = renewed("basic", PRICE, 2, FEBRUARY);
        given(STARTED, renewed).when(CHANGE).then(new SubscriptionPlanChanged("s1", "c1", "large", HIGHER, T1));
        given(STARTED, renewed).when(CANCEL).then(new SubscriptionCancelled("s1", "c1", "moved away", T1));
    }

    private static SubscriptionEvent renewed(String plan, Money price, int month, Instant at) {
        return new SubscriptionRenewed("s1", "c1", plan, price, month, at);
    }

    @Test
    void months_begin_on_the_day_of_the_start_or_on_the_last_day() {
        Instant start = Instant.parse("2027-12-31T23:30:00Z");
        assertThat(Subscription.beginOfMonth(start, 1)).isEqualTo(start);
        assertThat(Subscription.beginOfMonth(start, 3)).isEqualTo("2028-02-29T23:30:00Z");
        assertThat(Subscription.beginOfMonth(start, 4)).isEqualTo("2028-03-31T23:30:00Z");
        assertThat(Subscription.beginOfMonth(start, 15)).isEqualTo("2029-02-28T23:30:00Z");
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
    void a_command_to_an_unknown_subscription_is_not_found() {
        for (Command command : List.of(CHANGE, CANCEL)) {
            given().when(command).thenNotFound("subscription", "s1");
        }
        given(STARTED).when(new CancelSubscription("s2", "why", T1)).thenNotFound("subscription", "s2");
    }

    // Old stored versions

    @Test
    void a_subscription_stored_with_a_price_in_cents_accepts_all_commands() {
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

    // Every state, regardless of the caller

    private static final Class<?> NOTHING = Void.class;
    private static final Class<?> NOT_FOUND = AggregateNotFoundException.class;

    private static final List<SubscriptionCommand> COMMANDS = List.of(START, CHANGE, RENEW, CANCEL);

    /** Returns the expected outcome of each command, in order. */
    private static List<Class<?>> expected(Subscription.Status status) {
        return switch (status) {
            case NOT_STARTED -> List.of(SubscriptionStarted.class, NOT_FOUND, NOT_FOUND, NOT_FOUND);
            case RUNNING ->
                List.of(NOTHING, SubscriptionPlanChanged.class, SubscriptionRenewed.class, SubscriptionCancelled.class);
            case CANCELLED -> List.of(NOTHING, Cancelled.class, Cancelled.class, NOTHING);
        };
    }

    private static List<SubscriptionEvent> leadingTo(Subscription.Status status) {
        return switch (status) {
            case NOT_STARTED -> List.of();
            case RUNNING -> List.of(STARTED);
            case CANCELLED -> List.of(STARTED, CANCELLED);
        };
    }

    @ParameterizedTest
    @EnumSource
    void every_command_has_its_expected_outcome_in_every_state(Subscription.Status status) {
        List<Class<?>> found = COMMANDS.stream()
                .map(command -> decided(leadingTo(status), command))
                .<Class<?>>map(decided ->
                        decided.isEmpty() ? NOTHING : decided.getFirst().getClass())
                .toList();
        assertThat(found).as("the outcomes of %s when %s", COMMANDS, status).isEqualTo(expected(status));
    }

    @ParameterizedTest
    @EnumSource
    void a_command_raises_at_most_one_event_with_the_subscription_and_the_customer(Subscription.Status status) {
        for (SubscriptionCommand command : COMMANDS) {
            assertThat(decided(leadingTo(status), command)).hasSizeLessThan(2).allSatisfy(decided -> {
                if (decided instanceof SubscriptionEvent event) {
                    assertThat(event.subscriptionId()).isEqualTo("s1");
                    assertThat(event.customerId()).isEqualTo("c1");
                }
            });
        }
    }

    @Test
    void these_specs_cover_every_state_and_every_command() {
        for (Subscription.Status status : Subscription.Status.values()) {
            Subscription.State state = Subscription.State.NOT_STARTED;
            for (SubscriptionEvent event : leadingTo(status)) {
                state = Subscription.evolve(state, event);
            }
            assertThat(state.status()).isEqualTo(status);
        }
        assertThat(COMMANDS)
                .<Class<?>>extracting(Object::getClass)
                .containsExactlyInAnyOrder(SubscriptionCommand.class.getPermittedSubclasses());
    }
}
