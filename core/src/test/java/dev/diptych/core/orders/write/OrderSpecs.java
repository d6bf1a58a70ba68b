package dev.diptych.core.orders.write;

import dev.diptych.core.aggregate.Spec;
import dev.diptych.core.bus.Command;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.events.OrderEvent.OrderCancelled;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderEvent.OrderShipped;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.write.OrderRejection.AmountNotTotal;
import dev.diptych.core.orders.write.OrderRejection.Cancelled;
import dev.diptych.core.orders.write.OrderRejection.NotPaid;
import dev.diptych.core.orders.write.OrderRejection.PaidDifferently;
import dev.diptych.core.orders.write.OrderRejection.PlacedDifferently;
import dev.diptych.core.orders.write.OrderRejection.Shipped;
import dev.diptych.core.orders.write.OrderRejection.SkuRepeated;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rules of an order, by example, for whatever implements them. */
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

    private static final Command PLACE = new PlaceOrder("o1", "c1", ITEMS, T1);
    private static final Command PAY = new PayOrder("o1", TOTAL, T1);
    private static final Command SHIP = new ShipOrder("o1", T1);
    private static final Command CANCEL = new CancelOrder("o1", "too late", T1);

    abstract Spec.Subject subject();

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
    void an_order_may_cost_nothing_and_is_paid_all_the_same() {
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
    void placing_the_same_order_again_does_nothing_whatever_has_become_of_it() {
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
    void an_order_is_paid_with_no_other_amount() {
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
    void a_placed_or_paid_order_is_cancelled_with_all_that_had_been_ordered() {
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

    // Unknown

    @Test
    void a_command_to_an_unknown_order_finds_nothing() {
        for (Command command : List.of(PAY, SHIP, CANCEL)) {
            given().when(command).thenNotFound("order", "o1");
        }
        given(PLACED).when(new ShipOrder("o2", T1)).thenNotFound("order", "o2");
    }
}
