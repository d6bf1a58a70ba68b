package dev.diptych.exercises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.diptych.core.StoredEvents;
import dev.diptych.core.aggregate.Spec;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent.OrderCancelled;
import dev.diptych.core.orders.events.OrderEvent.OrderGiftWrapped;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderEvent.OrderShipped;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.write.OrderCommand;
import dev.diptych.core.orders.write.OrderCommand.GiftWrapOrder;
import dev.diptych.core.orders.write.OrderRejection;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GiftWrapTest {

    private static final Instant T0 = Instant.parse("2026-01-01T10:00:00Z");
    private static final Instant T1 = T0.plusSeconds(60);
    private static final Money TOTAL = Money.of("15");
    private static final List<OrderItem> ITEMS = List.of(new OrderItem("lamp", 2, Money.of("7.50")));
    private static final Object PLACED = new OrderPlaced("o1", "c1", ITEMS, TOTAL, T0);
    private static final Object PAID = new OrderPaid("o1", "c1", TOTAL, T0);
    private static final Object SHIPPED = new OrderShipped("o1", "c1", T0);
    private static final Object CANCELLED = new OrderCancelled("o1", "c1", ITEMS, TOTAL, "moved", T0);
    private static final Object WRAPPED = new OrderGiftWrapped("o1", "c1", "For you", T0);
    private static final GiftWrapOrder WRAP = new GiftWrapOrder("o1", "For you", T1);

    private static Spec given(Object... history) {
        return Spec.of(OrderCommand::register, "order-o1").given(history);
    }

    @Test
    void an_order_is_wrapped_before_it_is_shipped() {
        var wrapped = new OrderGiftWrapped("o1", "c1", "For you", T1);
        given(PLACED).when(WRAP).then(wrapped);
        given(PLACED, PAID).when(WRAP).then(wrapped);
    }

    @Test
    void wrapping_again_with_the_same_message_does_nothing() {
        given(PLACED, WRAPPED).when(WRAP).thenNothing();
        given(PLACED, PAID, WRAPPED, SHIPPED).when(WRAP).thenNothing();
    }

    @Test
    void wrapping_again_with_another_message_is_rejected() {
        given(PLACED, WRAPPED)
                .when(new GiftWrapOrder("o1", "For me", T1))
                .thenRejected(new OrderRejection.WrappedDifferently("o1"));
    }

    @Test
    void what_is_shipped_or_cancelled_is_not_wrapped() {
        given(PLACED, PAID, SHIPPED).when(WRAP).thenRejected(new OrderRejection.ShippedUnwrapped("o1"));
        given(PLACED, CANCELLED).when(WRAP).thenRejected(new OrderRejection.Cancelled("o1", "moved"));
    }

    @Test
    void an_unknown_order_is_not_found() {
        given().when(WRAP).thenNotFound("order", "o1");
    }

    @Test
    void a_message_has_1_to_200_characters() {
        assertThatIllegalArgumentException().isThrownBy(() -> new GiftWrapOrder("o1", " ", T1));
        assertThatIllegalArgumentException().isThrownBy(() -> new GiftWrapOrder("o1", "x".repeat(201), T1));
    }

    @Test
    void the_event_is_stored_under_a_stable_name() {
        assertThat(StoredEvents.codec().storedVersions()).contains("order-gift-wrapped.v1");
    }
}
