package dev.diptych.core.orders.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.events.OrderEvent.OrderCancelled;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderEvent.OrderShipped;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.read.list.OrderListItem;
import dev.diptych.core.orders.read.list.OrderListProjection;
import dev.diptych.core.orders.read.summary.OrderSummary;
import dev.diptych.core.orders.read.summary.OrderSummaryProjection;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.PoisonedEventException;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.PublishedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Folds the events of an order into its rows, without a store. */
class OrderProjectionsTest {

    private static final Instant T0 = Instant.parse("2026-01-01T10:00:00Z");
    private static final Instant T1 = T0.plusSeconds(1);
    private static final Instant T2 = T0.plusSeconds(2);
    private static final Money TOTAL = Money.of("15");
    private static final List<OrderItem> ITEMS = List.of(new OrderItem("lamp", 2, Money.of("7.50")));
    private static final OrderEvent PLACED = new OrderPlaced("o1", "c1", ITEMS, TOTAL, T0);
    private static final OrderEvent PAID = new OrderPaid("o1", "c1", TOTAL, T1);
    private static final OrderEvent SHIPPED = new OrderShipped("o1", "c1", T2);
    private static final OrderEvent CANCELLED = new OrderCancelled("o1", "c1", ITEMS, TOTAL, "lost", T2);

    @Test
    void a_summary_follows_its_order() {
        assertThat(summary(PLACED)).isEqualTo(expected(OrderStatus.PLACED, null, T0, 1));
        assertThat(summary(PLACED, PAID)).isEqualTo(expected(OrderStatus.PAID, null, T1, 2));
        assertThat(summary(PLACED, PAID, SHIPPED)).isEqualTo(expected(OrderStatus.SHIPPED, null, T2, 3));
        assertThat(summary(PLACED, CANCELLED)).isEqualTo(expected(OrderStatus.CANCELLED, "lost", T2, 2));
    }

    @Test
    void a_list_item_follows_its_order() {
        assertThat(item(PLACED)).isEqualTo(new OrderListItem("o1", "c1", OrderStatus.PLACED, 1, TOTAL, T0, T0, 1, 10));
        assertThat(item(PLACED, PAID))
                .isEqualTo(new OrderListItem("o1", "c1", OrderStatus.PAID, 1, TOTAL, T0, T1, 2, 20));
        assertThat(item(PLACED, PAID, SHIPPED))
                .isEqualTo(new OrderListItem("o1", "c1", OrderStatus.SHIPPED, 1, TOTAL, T0, T2, 3, 30));
        assertThat(item(PLACED, CANCELLED))
                .isEqualTo(new OrderListItem("o1", "c1", OrderStatus.CANCELLED, 1, TOTAL, T0, T2, 2, 20));
    }

    @Test
    void an_event_of_an_order_without_a_row_is_poisoned() {
        for (Projection<OrderEvent, ?> projection : List.of(new OrderSummaryProjection(), new OrderListProjection())) {
            for (OrderEvent event : List.of(PAID, SHIPPED, CANCELLED)) {
                assertThatThrownBy(() -> fold(projection, event))
                        .isInstanceOf(PoisonedEventException.class)
                        .hasMessageContaining(event.getClass().getSimpleName() + " at position 10")
                        .hasMessageContaining("The order has no row, although an earlier event created one");
            }
        }
    }

    @Test
    void the_projection_name_is_stable_and_the_key_is_in_the_event() {
        assertThat(new OrderSummaryProjection().name()).isEqualTo("order-summaries");
        assertThat(new OrderListProjection().name()).isEqualTo("order-list");
        for (OrderEvent event : List.of(PLACED, PAID, SHIPPED, CANCELLED)) {
            assertThat(new OrderSummaryProjection().keysOf(event)).containsExactly("o1");
            assertThat(new OrderListProjection().keysOf(event)).containsExactly("o1");
        }
    }

    private static OrderSummary expected(OrderStatus status, String reason, Instant at, int version) {
        return new OrderSummary("o1", "c1", status, ITEMS, TOTAL, reason, T0, at, version, 10L * version);
    }

    private static OrderSummary summary(OrderEvent... events) {
        return fold(new OrderSummaryProjection(), events);
    }

    private static OrderListItem item(OrderEvent... events) {
        return fold(new OrderListProjection(), events);
    }

    private static <R> R fold(Projection<OrderEvent, R> projection, OrderEvent... events) {
        List<PublishedEvent<?>> published = new ArrayList<>();
        for (OrderEvent event : events) {
            published.add(new PublishedEvent<>(event, published.size() + 1, 10L * (published.size() + 1)));
        }
        Map<String, Optional<R>> rows = new Batch(0, published, "h").fold(projection, keys -> Map.of());
        assertThat(rows).containsOnlyKeys("o1");
        return rows.get("o1").orElseThrow();
    }
}
