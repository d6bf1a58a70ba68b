package dev.diptych.core.subscriptions.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.diptych.core.aggregate.Spec;
import dev.diptych.core.command.Rejection;
import dev.diptych.core.money.Money;
import dev.diptych.core.subscriptions.events.SubscriptionEvent;
import dev.diptych.core.subscriptions.write.SubscriptionCommand.CancelSubscription;
import dev.diptych.core.subscriptions.write.SubscriptionCommand.ChangePlan;
import dev.diptych.core.subscriptions.write.SubscriptionCommand.StartSubscription;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionTest extends SubscriptionSpecs {

    private static final Instant T = Instant.EPOCH;
    private static final Money ONE = Money.of("1");

    @Override
    Spec.Subject subject() {
        return SubscriptionCommand::register;
    }

    @Override
    List<Object> decided(List<SubscriptionEvent> history, SubscriptionCommand command) {
        var subscription = new Subscription("s1");
        history.forEach(subscription::replay);
        return Spec.decided(subscription, it -> SubscriptionCommand.decide(it, command));
    }

    @Test
    void a_rejection_states_the_request_the_reason_and_the_remedy() {
        Stream<Rejection> all = Stream.of(
                new SubscriptionRejection.StartedDifferently("s1"), new SubscriptionRejection.Cancelled("s1", "lost"));
        assertThat(all)
                .extracting(Rejection::code, Rejection::message)
                .containsExactly(
                        Tuple.tuple(
                                "subscription-started-differently",
                                "Subscription s1 has been started already, with another customer, plan or price. "
                                        + "Use another id, or change the plan of the existing subscription."),
                        Tuple.tuple(
                                "subscription-cancelled",
                                "Subscription s1 has been cancelled (lost). Start a new subscription instead."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", ".a", "_a", "a b", "a/b", "ä", "a\n"})
    void a_malformed_id_is_refused(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> new StartSubscription(id, "c", "basic", ONE, T));
        assertThatIllegalArgumentException().isThrownBy(() -> new StartSubscription("s", id, "basic", ONE, T));
        assertThatIllegalArgumentException().isThrownBy(() -> new ChangePlan(id, "basic", ONE, T));
        assertThatIllegalArgumentException().isThrownBy(() -> new CancelSubscription(id, "why", T));
    }

    @Test
    void a_plan_has_1_to_100_characters() {
        for (String good : List.of("x", "📖", "x".repeat(100), " a b ")) {
            assertThat(new StartSubscription("s", "c", good, ONE, T).plan()).isEqualTo(good);
            assertThat(new ChangePlan("s", good, ONE, T).plan()).isEqualTo(good);
        }
        for (String bad : List.of("", "  \n", "x".repeat(101), "a\0b", "half \ud83d", "\ude9a half")) {
            assertThatIllegalArgumentException().isThrownBy(() -> new StartSubscription("s", "c", bad, ONE, T));
            assertThatIllegalArgumentException().isThrownBy(() -> new ChangePlan("s", bad, ONE, T));
        }
    }

    @Test
    void a_monthly_price_has_a_range() {
        for (Money good : List.of(Money.ZERO, Money.of("0.01"), Money.of("1000000"))) {
            assertThat(new StartSubscription("s", "c", "basic", good, T).monthlyPrice())
                    .isEqualTo(good);
            assertThat(new ChangePlan("s", "basic", good, T).monthlyPrice()).isEqualTo(good);
        }
        for (Money bad : List.of(Money.of("-0.01"), Money.of("1000000.01"))) {
            assertThatIllegalArgumentException().isThrownBy(() -> new StartSubscription("s", "c", "basic", bad, T));
            assertThatIllegalArgumentException().isThrownBy(() -> new ChangePlan("s", "basic", bad, T));
        }
    }

    @Test
    void a_reason_has_1_to_500_characters() {
        assertThat(new CancelSubscription("s", "x".repeat(500), T).reason()).hasSize(500);
        assertThat(new CancelSubscription("s", "📖", T).reason()).isEqualTo("📖");
        for (String bad : List.of("", "  \n", "x".repeat(501), "a\0b", "half \ud83d", "\ude9a half")) {
            assertThatIllegalArgumentException().isThrownBy(() -> new CancelSubscription("s", bad, T));
        }
    }
}
