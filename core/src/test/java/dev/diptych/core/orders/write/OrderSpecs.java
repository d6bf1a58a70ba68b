package dev.diptych.core.orders.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.aggregate.AggregateNotFoundException;
import dev.diptych.core.aggregate.Spec;
import dev.diptych.core.command.Command;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.events.OrderEvent.OrderCancelled;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderEvent.OrderShipped;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.read.OrderStatus;
import dev.diptych.core.orders.write.OrderCommand.CancelOrder;
import dev.diptych.core.orders.write.OrderCommand.CancelUnpaidOrder;
import dev.diptych.core.orders.write.OrderCommand.PayOrder;
import dev.diptych.core.orders.write.OrderCommand.PlaceOrder;
import dev.diptych.core.orders.write.OrderCommand.ShipOrder;
import dev.diptych.core.orders.write.OrderRejection.AmountNotTotal;
import dev.diptych.core.orders.write.OrderRejection.Cancelled;
import dev.diptych.core.orders.write.OrderRejection.NotPaid;
import dev.diptych.core.orders.write.OrderRejection.Paid;
import dev.diptych.core.orders.write.OrderRejection.PaidDifferently;
import dev.diptych.core.orders.write.OrderRejection.PlacedDifferently;
import dev.diptych.core.orders.write.OrderRejection.Shipped;
import dev.diptych.core.orders.write.OrderRejection.SkuRepeated;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of an order by example, for every implementation. */
abstract class OrderSpecs {

    private static final Instant T0 = Instant.parse("2026-01-01T10:00:00Z");
    private static final Instant T1 = T0.plusSeconds(60);
    private static final Instant T2 = T1.plusSeconds(60);
    private static final Money TOTAL = Money.of("20.00");
    private static final List<OrderItem> ITEMS =
            List.of(new OrderItem("lamp", 2, Money.of("7.50")), new OrderItem("bulb", 10, Money.of("0.50")));

    private static final OrderEvent PLACED = new OrderPlaced("o1", "c1", ITEMS, TOTAL, T0);
    private static final OrderEvent PAID = new OrderPaid("o1", "c1", TOTAL, T0);
    private static final OrderEvent SHIPPED = new OrderShipped("o1", "c1", T0);
    private static final OrderEvent CANCELLED = new OrderCancelled("o1", "c1", ITEMS, TOTAL, "changed my mind", T0);

    private static final OrderCommand PLACE = new PlaceOrder("o1", "c1", ITEMS, T1);
    private static final OrderCommand PAY = new PayOrder("o1", TOTAL, T1);
    private static final OrderCommand SHIP = new ShipOrder("o1", T1);
    private static final OrderCommand CANCEL = new CancelOrder("o1", "too late", T1);
    private static final OrderCommand CANCEL_UNPAID = new CancelUnpaidOrder("o1", T1);

    abstract Spec.Subject subject();

    /** Returns the decision without a bus or a repository: events, or one rejection or exception. */
    abstract List<Object> decided(List<OrderEvent> history, OrderCommand command);

    private Spec given(OrderEvent... history) {
        return Spec.of(subject(), "order-o1").given((Object[]) history);
    }

    // Place

    @Test
    void an_order_is_placed_with_its_exact_total() {
        given().when(PLACE).then(new OrderPlaced("o1", "c1", ITEMS, TOTAL, T1));
    }

    @Test
    void the_total_is_exact_where_floating_point_is_not() {
        List<OrderItem> items =
                List.of(new OrderItem("a", 3, Money.of("0.10")), new OrderItem("b", 7, Money.of("1.13")));
        given().when(new PlaceOrder("o1", "c1", items, T1))
                .then(new OrderPlaced("o1", "c1", items, Money.of("8.21"), T1));
    }

    @Test
    void an_order_may_be_free_and_must_still_be_paid() {
        List<OrderItem> free = List.of(new OrderItem("gift", 1, Money.ZERO));
        OrderEvent placed = new OrderPlaced("o1", "c1", free, Money.ZERO, T0);
        given().when(new PlaceOrder("o1", "c1", free, T0)).then(placed);
        given(placed).when(SHIP).thenRejected(new NotPaid("o1", Money.ZERO));
        given(placed).when(new PayOrder("o1", Money.ZERO, T1)).then(new OrderPaid("o1", "c1", Money.ZERO, T1));
    }

    @Test
    void the_largest_order_is_placed_and_paid() {
        List<OrderItem> items = IntStream.range(0, 100)
                .mapToObj(i -> new OrderItem("sku-" + i, 10_000, Money.of("1000000")))
                .toList();
        Money total = Money.of("1000000000000");
        OrderEvent placed = new OrderPlaced("o1", "c1", items, total, T1);
        given().when(new PlaceOrder("o1", "c1", items, T1)).then(placed);
        given(placed).when(new PayOrder("o1", total, T2)).then(new OrderPaid("o1", "c1", total, T2));
    }

    @Test
    void a_sku_is_listed_once() {
        List<OrderItem> twice = List.of(ITEMS.getFirst(), ITEMS.getLast(), new OrderItem("lamp", 1, Money.of("7")));
        given().when(new PlaceOrder("o1", "c1", twice, T1)).thenRejected(new SkuRepeated("o1", "lamp"));
        given(PLACED).when(new PlaceOrder("o1", "c1", twice, T1)).thenRejected(new SkuRepeated("o1", "lamp"));
    }

    @Test
    void placing_the_same_order_again_does_nothing() {
        given(PLACED).when(PLACE).thenNothing();
    }

    @Test
    void placing_the_same_order_again_does_nothing_in_any_later_state() {
        given(PLACED, PAID).when(PLACE).thenNothing();
        given(PLACED, PAID, SHIPPED).when(PLACE).thenNothing();
        given(PLACED, CANCELLED).when(PLACE).thenNothing();
    }

    @Test
    void another_order_cannot_be_placed_under_the_same_id() {
        var rejection = new PlacedDifferently("o1");
        List<OrderItem> more = List.of(ITEMS.getFirst(), new OrderItem("bulb", 11, Money.of("0.50")));
        List<OrderItem> dearer = List.of(ITEMS.getFirst(), new OrderItem("bulb", 10, Money.of("0.51")));
        given(PLACED).when(new PlaceOrder("o1", "c2", ITEMS, T1)).thenRejected(rejection);
        given(PLACED).when(new PlaceOrder("o1", "c1", ITEMS.subList(0, 1), T1)).thenRejected(rejection);
        given(PLACED).when(new PlaceOrder("o1", "c1", more, T1)).thenRejected(rejection);
        given(PLACED).when(new PlaceOrder("o1", "c1", dearer, T1)).thenRejected(rejection);
        given(PLACED).when(new PlaceOrder("o1", "c1", ITEMS.reversed(), T1)).thenRejected(rejection);
        given(PLACED, PAID, SHIPPED).when(new PlaceOrder("o1", "c2", ITEMS, T1)).thenRejected(rejection);
        given(PLACED, CANCELLED).when(new PlaceOrder("o1", "c2", ITEMS, T1)).thenRejected(rejection);
    }

    // Pay

    @Test
    void a_placed_order_is_paid_with_its_total() {
        given(PLACED).when(PAY).then(new OrderPaid("o1", "c1", TOTAL, T1));
    }

    @Test
    void an_order_cannot_be_paid_with_another_amount() {
        for (String amount : List.of("0", "19.99", "20.01", "2000")) {
            given(PLACED)
                    .when(new PayOrder("o1", Money.of(amount), T1))
                    .thenRejected(new AmountNotTotal("o1", Money.of(amount), TOTAL));
        }
    }

    @Test
    void paying_again_with_the_same_amount_does_nothing() {
        given(PLACED, PAID).when(PAY).thenNothing();
        given(PLACED, PAID, SHIPPED).when(PAY).thenNothing();
    }

    @Test
    void paying_again_with_another_amount_is_rejected() {
        var other = new PayOrder("o1", Money.of("5"), T1);
        given(PLACED, PAID).when(other).thenRejected(new PaidDifferently("o1", Money.of("5"), TOTAL));
        given(PLACED, PAID, SHIPPED).when(other).thenRejected(new PaidDifferently("o1", Money.of("5"), TOTAL));
    }

    @Test
    void a_cancelled_order_cannot_be_paid() {
        given(PLACED, CANCELLED).when(PAY).thenRejected(new Cancelled("o1", "changed my mind"));
        given(PLACED, PAID, CANCELLED).when(PAY).thenRejected(new Cancelled("o1", "changed my mind"));
        given(PLACED, PAID, CANCELLED)
                .when(new PayOrder("o1", Money.of("5"), T1))
                .thenRejected(new Cancelled("o1", "changed my mind"));
    }

    // Ship

    @Test
    void a_paid_order_is_shipped() {
        given(PLACED, PAID).when(SHIP).then(new OrderShipped("o1", "c1", T1));
    }

    @Test
    void an_order_that_is_not_paid_cannot_be_shipped() {
        given(PLACED).when(SHIP).thenRejected(new NotPaid("o1", TOTAL));
    }

    @Test
    void a_cancelled_order_cannot_be_shipped() {
        given(PLACED, CANCELLED).when(SHIP).thenRejected(new Cancelled("o1", "changed my mind"));
        given(PLACED, PAID, CANCELLED).when(SHIP).thenRejected(new Cancelled("o1", "changed my mind"));
    }

    @Test
    void shipping_again_does_nothing() {
        given(PLACED, PAID, SHIPPED).when(SHIP).thenNothing();
    }

    // Cancel

    @Test
    void a_cancellation_of_a_placed_or_paid_order_repeats_its_items() {
        var cancelled = new OrderCancelled("o1", "c1", ITEMS, TOTAL, "too late", T1);
        given(PLACED).when(CANCEL).then(cancelled);
        given(PLACED, PAID).when(CANCEL).then(cancelled);
    }

    @Test
    void a_shipped_order_cannot_be_cancelled() {
        given(PLACED, PAID, SHIPPED).when(CANCEL).thenRejected(new Shipped("o1"));
    }

    @Test
    void cancelling_again_does_nothing_and_keeps_the_first_reason() {
        given(PLACED, CANCELLED).when(CANCEL).thenNothing();
        given(PLACED, PAID, CANCELLED).when(CANCEL).thenNothing();
        given(PLACED, CANCELLED)
                .when(new CancelOrder("o1", "changed my mind", T2))
                .thenNothing();
        given(PLACED, CANCELLED).when(PAY).thenRejected(new Cancelled("o1", "changed my mind"));
    }

    // Cancel as unpaid

    @Test
    void an_order_is_cancelled_as_unpaid_only_while_it_is_placed_and_unpaid() {
        given(PLACED)
                .when(CANCEL_UNPAID)
                .then(new OrderCancelled("o1", "c1", ITEMS, TOTAL, CancelUnpaidOrder.REASON, T1));
        given(PLACED, PAID).when(CANCEL_UNPAID).thenRejected(new Paid("o1"));
        given(PLACED, PAID, SHIPPED).when(CANCEL_UNPAID).thenRejected(new Paid("o1"));
    }

    @Test
    void cancelling_a_cancelled_order_as_unpaid_does_nothing() {
        given(PLACED, CANCELLED).when(CANCEL_UNPAID).thenNothing();
        given(PLACED, PAID, CANCELLED).when(CANCEL_UNPAID).thenNothing();
    }

    // Unknown

    @Test
    void a_command_to_an_unknown_order_is_not_found() {
        for (Command command : List.of(PAY, SHIP, CANCEL, CANCEL_UNPAID)) {
            given().when(command).thenNotFound("order", "o1");
        }
        given(PLACED).when(new ShipOrder("o2", T1)).thenNotFound("order", "o2");
    }

    // Every state, regardless of the caller

    private static final Class<?> NOTHING = Void.class;
    private static final Class<?> NOT_FOUND = AggregateNotFoundException.class;

    private static final List<OrderCommand> COMMANDS = List.of(PLACE, PAY, SHIP, CANCEL, CANCEL_UNPAID);

    /** Returns the expected outcome of each command, in order. */
    private static List<Class<?>> expected(Order.Status status) {
        return switch (status) {
            case NOT_PLACED -> List.of(OrderPlaced.class, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND);
            case PLACED -> List.of(NOTHING, OrderPaid.class, NotPaid.class, OrderCancelled.class, OrderCancelled.class);
            case PAID -> List.of(NOTHING, NOTHING, OrderShipped.class, OrderCancelled.class, Paid.class);
            case SHIPPED -> List.of(NOTHING, NOTHING, NOTHING, Shipped.class, Paid.class);
            case CANCELLED -> List.of(NOTHING, Cancelled.class, Cancelled.class, NOTHING, NOTHING);
        };
    }

    private static List<OrderEvent> leadingTo(Order.Status status) {
        return switch (status) {
            case NOT_PLACED -> List.of();
            case PLACED -> List.of(PLACED);
            case PAID -> List.of(PLACED, PAID);
            case SHIPPED -> List.of(PLACED, PAID, SHIPPED);
            case CANCELLED -> List.of(PLACED, CANCELLED);
        };
    }

    @ParameterizedTest
    @EnumSource
    void every_command_has_its_expected_outcome_in_every_state(Order.Status status) {
        List<Class<?>> found = COMMANDS.stream()
                .map(command -> decided(leadingTo(status), command))
                .<Class<?>>map(decided ->
                        decided.isEmpty() ? NOTHING : decided.getFirst().getClass())
                .toList();
        assertThat(found).as("the outcomes of %s when %s", COMMANDS, status).isEqualTo(expected(status));
    }

    @ParameterizedTest
    @EnumSource
    void a_command_raises_at_most_one_event_with_the_order_and_the_customer(Order.Status status) {
        for (OrderCommand command : COMMANDS) {
            assertThat(decided(leadingTo(status), command)).hasSizeLessThan(2).allSatisfy(decided -> {
                if (decided instanceof OrderEvent event) {
                    assertThat(event.orderId()).isEqualTo("o1");
                    assertThat(event.customerId()).isEqualTo("c1");
                }
            });
        }
    }

    @Test
    void these_specs_cover_every_state_and_every_command() {
        for (Order.Status status : Order.Status.values()) {
            Order.State state = Order.State.NOT_PLACED;
            for (OrderEvent event : leadingTo(status)) {
                state = Order.evolve(state, event);
            }
            assertThat(state.status()).isEqualTo(status);
        }
        assertThat(COMMANDS)
                .<Class<?>>extracting(Object::getClass)
                .containsExactlyInAnyOrder(OrderCommand.class.getPermittedSubclasses());
    }

    // The status in views

    @Test
    void may_have_been_lists_exactly_the_statuses_reachable_before() {
        Map<OrderStatus, Set<OrderStatus>> earlier = new EnumMap<>(OrderStatus.class);
        follow(List.of(), List.of(), earlier);
        assertThat(earlier).containsOnlyKeys(OrderStatus.values());
        earlier.forEach((status, seen) -> assertThat(OrderStatus.values())
                .filteredOn(status::mayHaveBeen)
                .as("the earlier statuses of %s", status)
                .containsExactlyInAnyOrderElementsOf(seen));
    }

    /** Follows every sequence of commands from a history and collects the statuses before each status. */
    private void follow(
            List<OrderEvent> history, List<OrderStatus> statuses, Map<OrderStatus, Set<OrderStatus>> earlier) {
        for (OrderCommand command : COMMANDS) {
            for (Object decided : decided(history, command)) {
                if (decided instanceof OrderEvent event) {
                    OrderStatus now = statuses.isEmpty() ? OrderStatus.PLACED : statuses.getLast();
                    OrderStatus next = now.after(event);
                    if (!statuses.contains(next)) { // an event may leave the status as it is
                        earlier.computeIfAbsent(next, status -> new HashSet<>()).addAll(statuses);
                        follow(append(history, event), append(statuses, next), earlier);
                    }
                }
            }
        }
    }

    private static <T> List<T> append(List<T> list, T last) {
        return Stream.concat(list.stream(), Stream.of(last)).toList();
    }
}
