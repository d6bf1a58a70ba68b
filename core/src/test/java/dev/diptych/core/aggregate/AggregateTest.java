package dev.diptych.core.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.write.Order;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionCancelled;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Replays events into an aggregate, with an order as the example. */
class AggregateTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Money TOTAL = Money.of("7.50");
    private static final OrderPlaced PLACED =
            new OrderPlaced("o", "c", List.of(new OrderItem("lamp", 1, TOTAL)), TOTAL, NOON);

    private final Aggregate<?, ?> order = new Order("o");

    @Test
    void replay_returns_the_state_after_each_event() {
        Object placed = order.replay(PLACED);
        Object paid = order.replay(new OrderPaid("o", "c", TOTAL, NOON));
        assertThat(placed.toString()).contains("status=PLACED", "customerId=c");
        assertThat(paid.toString()).contains("status=PAID", "customerId=c");
    }

    @Test
    void a_replayed_event_is_not_raised_again() {
        order.replay(PLACED);
        assertThat(order.pending()).isEmpty();
    }

    @Test
    void an_event_of_another_aggregate_is_refused_and_changes_nothing() {
        Object before = order.replay(PLACED);
        assertThatThrownBy(() -> order.replay(new SubscriptionCancelled("s", "c", "why", NOON)))
                .isInstanceOf(ClassCastException.class);
        assertThat((Object) order.state()).isEqualTo(before);
    }
}
