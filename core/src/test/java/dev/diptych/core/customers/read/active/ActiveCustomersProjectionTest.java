package dev.diptych.core.customers.read.active;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent.OrderCancelled;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderEvent.OrderShipped;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.InBatches;
import dev.diptych.core.projection.PoisonedEventException;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionCancelled;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionPlanChanged;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionRenewed;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionStarted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folds the events of two contexts into the row of a customer, without a store. */
class ActiveCustomersProjectionTest {

    private static final Instant T = Instant.parse("2026-01-01T10:00:00Z");
    private static final Money TOTAL = Money.of("15");
    private static final List<OrderItem> ITEMS = List.of(new OrderItem("lamp", 2, Money.of("7.50")));
    private static final Object PLACED = new OrderPlaced("o1", "c1", ITEMS, TOTAL, T);
    private static final Object PAID = new OrderPaid("o1", "c1", TOTAL, T);
    private static final Object SHIPPED = new OrderShipped("o1", "c1", T);
    private static final Object CANCELLED = new OrderCancelled("o1", "c1", ITEMS, TOTAL, "lost", T);
    private static final Object STARTED = new SubscriptionStarted("s1", "c1", "basic", Money.of("9"), T);
    private static final Object CHANGED = new SubscriptionPlanChanged("s1", "c1", "large", Money.of("19"), T);
    private static final Object RENEWED = new SubscriptionRenewed("s1", "c1", "large", Money.of("19"), 2, T);
    private static final Object ENDED = new SubscriptionCancelled("s1", "c1", "too dear", T);

    @Test
    void an_order_is_open_until_shipped_and_always_adds_to_the_lifetime_value() {
        assertThat(row(PLACED)).isEqualTo(new ActiveCustomer("c1", 1, 0, TOTAL, 10));
        assertThat(row(PLACED, PAID)).isEqualTo(new ActiveCustomer("c1", 1, 0, TOTAL, 10));
        assertThat(row(PLACED, PAID, SHIPPED)).isEqualTo(new ActiveCustomer("c1", 0, 0, TOTAL, 30));
        assertThat(row(PLACED, PLACED, PAID)).isEqualTo(new ActiveCustomer("c1", 2, 0, Money.of("30"), 20));
    }

    @Test
    void a_cancelled_order_is_neither_open_nor_in_the_lifetime_value() {
        assertThat(row(PLACED, CANCELLED)).isEqualTo(new ActiveCustomer("c1", 0, 0, Money.ZERO, 20));
        assertThat(row(PLACED, PAID, CANCELLED)).isEqualTo(new ActiveCustomer("c1", 0, 0, Money.ZERO, 30));
        assertThat(row(PLACED, PLACED, CANCELLED)).isEqualTo(new ActiveCustomer("c1", 1, 0, TOTAL, 30));
    }

    @Test
    void a_subscription_is_running_until_cancelled_on_any_plan() {
        assertThat(row(STARTED)).isEqualTo(new ActiveCustomer("c1", 0, 1, Money.ZERO, 10));
        assertThat(row(STARTED, CHANGED)).isEqualTo(new ActiveCustomer("c1", 0, 1, Money.ZERO, 10));
        assertThat(row(STARTED, CHANGED, RENEWED, ENDED)).isEqualTo(new ActiveCustomer("c1", 0, 0, Money.ZERO, 40));
    }

    @Test
    void orders_and_subscriptions_of_a_customer_share_one_row() {
        assertThat(row(PLACED, STARTED)).isEqualTo(new ActiveCustomer("c1", 1, 1, TOTAL, 20));
        assertThat(row(STARTED, PLACED, PAID, SHIPPED)).isEqualTo(new ActiveCustomer("c1", 0, 1, TOTAL, 40));
    }

    @Test
    void a_customer_is_active_with_an_open_order_or_a_running_subscription() {
        assertThat(row(PLACED).isActive()).isTrue();
        assertThat(row(STARTED).isActive()).isTrue();
        assertThat(row(PLACED, PAID, SHIPPED).isActive()).isFalse();
        assertThat(row(STARTED, ENDED).isActive()).isFalse();
        assertThat(row(PLACED, PAID, SHIPPED, STARTED, ENDED, PLACED).isActive())
                .isTrue();
    }

    @Test
    void an_end_without_a_row_is_poisoned() {
        for (Object event : List.of(SHIPPED, CANCELLED, ENDED)) {
            assertThatThrownBy(() -> rows(event))
                    .isInstanceOf(PoisonedEventException.class)
                    .hasMessageContaining(event.getClass().getSimpleName() + " at position 10")
                    .hasMessageContaining("The customer has no row, although an earlier event created one");
        }
    }

    @Test
    void the_projection_name_is_stable_and_other_events_are_ignored() {
        var projection = new ActiveCustomersProjection();
        assertThat(projection.name()).isEqualTo("active-customers");
        for (Object event : List.of(PLACED, SHIPPED, CANCELLED, STARTED, ENDED)) {
            assertThat(projection.keysOf(event)).containsExactly("c1");
        }
        for (Object event : List.of(PAID, CHANGED, RENEWED, "an event of another context")) {
            assertThat(projection.keysOf(event)).isEmpty();
        }
        assertThat(rows("an event of another context")).isEmpty();
    }

    @Test
    void a_page_has_1_to_200_customers() {
        assertThat(new ListActiveCustomers(Optional.empty(), 1).limit()).isEqualTo(1);
        assertThat(new ListActiveCustomers(Optional.of("c"), 200).limit()).isEqualTo(200);
        for (int bad : new int[] {0, -1, 201}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new ListActiveCustomers(Optional.empty(), bad));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void any_batch_sizes_give_the_same_correct_rows(long seed) {
        var random = new Random(seed);
        List<List<Object>> streams = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            streams.add(stream(i, "c" + random.nextInt(15), random));
        }
        var rows = InBatches.sameRowsForAnyBatches(
                new ActiveCustomersProjection(), InBatches.interleaved(streams, random), seed);
        assertThat(rows).hasSizeGreaterThan(10);
        Map<String, ActiveCustomer> counted = new HashMap<>();
        streams.forEach(stream -> count(stream, rows, counted));
        assertThat(rows).isEqualTo(counted);
    }

    /** Counts from the first and the last event of each stream only. */
    private static void count(
            List<Object> stream, Map<String, ActiveCustomer> positions, Map<String, ActiveCustomer> counted) {
        Object last = stream.getLast();
        if (stream.getFirst() instanceof OrderPlaced placed) {
            boolean open = !(last instanceof OrderShipped || last instanceof OrderCancelled);
            Money value = last instanceof OrderCancelled ? Money.ZERO : placed.total();
            add(placed.customerId(), open ? 1 : 0, 0, value, positions, counted);
        } else if (stream.getFirst() instanceof SubscriptionStarted started) {
            boolean running = !(last instanceof SubscriptionCancelled);
            add(started.customerId(), 0, running ? 1 : 0, Money.ZERO, positions, counted);
        }
    }

    private static void add(
            String customer,
            int orders,
            int subscriptions,
            Money value,
            Map<String, ActiveCustomer> positions,
            Map<String, ActiveCustomer> counted) {
        counted.merge(
                customer,
                new ActiveCustomer(
                        customer,
                        orders,
                        subscriptions,
                        value,
                        positions.get(customer).position()),
                (one, other) -> new ActiveCustomer(
                        customer,
                        one.openOrders() + other.openOrders(),
                        one.runningSubscriptions() + other.runningSubscriptions(),
                        one.lifetimeValue().plus(other.lifetimeValue()),
                        one.position()));
    }

    private static List<Object> stream(int number, String customer, Random random) {
        String id = "x" + number;
        Money total = Money.of(String.valueOf(1 + random.nextInt(1_000)));
        var placed = new OrderPlaced(id, customer, ITEMS, total, T);
        var paid = new OrderPaid(id, customer, total, T);
        var started = new SubscriptionStarted(id, customer, "basic", total, T);
        var changed = new SubscriptionPlanChanged(id, customer, "large", total, T);
        var ended = new SubscriptionCancelled(id, customer, "why", T);
        return switch (random.nextInt(7)) {
            case 0 -> List.of(placed);
            case 1 -> List.of(placed, paid);
            case 2 -> List.of(placed, paid, new OrderShipped(id, customer, T));
            case 3 -> List.of(placed, new OrderCancelled(id, customer, ITEMS, total, "lost", T));
            case 4 -> List.of(started);
            case 5 -> List.of(started, changed);
            default -> List.of(started, changed, ended);
        };
    }

    private static ActiveCustomer row(Object... events) {
        Map<String, Optional<ActiveCustomer>> rows = rows(events);
        assertThat(rows).containsOnlyKeys("c1");
        return rows.get("c1").orElseThrow();
    }

    private static Map<String, Optional<ActiveCustomer>> rows(Object... events) {
        List<PublishedEvent<?>> published = new ArrayList<>();
        for (Object event : events) {
            published.add(new PublishedEvent<>(event, 1, 10L * (published.size() + 1)));
        }
        return new Batch(0, published, "h").fold(new ActiveCustomersProjection(), keys -> Map.of());
    }
}
