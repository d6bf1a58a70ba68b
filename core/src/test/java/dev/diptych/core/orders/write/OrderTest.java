package dev.diptych.core.orders.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.diptych.core.aggregate.Spec;
import dev.diptych.core.command.Rejection;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.write.OrderCommand.CancelOrder;
import dev.diptych.core.orders.write.OrderCommand.PayOrder;
import dev.diptych.core.orders.write.OrderCommand.PlaceOrder;
import dev.diptych.core.orders.write.OrderCommand.ShipOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTest extends OrderSpecs {

    private static final Instant T = Instant.EPOCH;
    private static final OrderItem ITEM = new OrderItem("a", 1, Money.of("1"));

    @Override
    Spec.Subject subject() {
        return OrderCommand::register;
    }

    @Override
    List<Object> decided(List<OrderEvent> history, OrderCommand command) {
        var order = new Order("o1");
        history.forEach(order::replay);
        return Spec.decided(order, it -> OrderCommand.decide(it, command));
    }

    @Test
    void a_rejection_states_the_request_the_reason_and_the_remedy() {
        Stream<Rejection> all = Stream.of(
                new OrderRejection.SkuRepeated("o1", "lamp"),
                new OrderRejection.PlacedDifferently("o1"),
                new OrderRejection.AmountNotTotal("o1", Money.of("1"), Money.of("2")),
                new OrderRejection.PaidDifferently("o1", Money.of("1"), Money.of("2")),
                new OrderRejection.NotPaid("o1", Money.of("2")),
                new OrderRejection.Shipped("o1"),
                new OrderRejection.Cancelled("o1", "lost"));
        assertThat(all)
                .extracting(Rejection::code, Rejection::message)
                .containsExactly(
                        rejection(
                                "order-sku-repeated",
                                "Order o1 lists lamp more than once. List each sku once, with the total quantity."),
                        rejection(
                                "order-placed-differently",
                                "Order o1 has been placed already, with another customer or other items. "
                                        + "Use another id for this order."),
                        rejection("order-amount-not-total", "Order o1 costs 2.00, not 1.00. Pay exactly 2.00."),
                        rejection(
                                "order-paid-differently",
                                "Order o1 has been paid already, with 2.00. A payment of 1.00 is not due: "
                                        + "pay nothing more."),
                        rejection(
                                "order-not-paid",
                                "Order o1 has not been paid, so it cannot be shipped. Pay 2.00 first."),
                        rejection(
                                "order-shipped",
                                "Order o1 has been shipped, so it cannot be cancelled. Ask the customer to return it."),
                        rejection("order-cancelled", "Order o1 has been cancelled (lost). Place a new order instead."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", ".a", "_a", "a b", "a/b", "ä", "a\n"})
    void a_malformed_id_is_refused(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PlaceOrder(id, "c", List.of(ITEM), T));
        assertThatIllegalArgumentException().isThrownBy(() -> new PlaceOrder("o", id, List.of(ITEM), T));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PlaceOrder("o", "c", List.of(new OrderItem(id, 1, Money.ZERO)), T));
        assertThatIllegalArgumentException().isThrownBy(() -> new PayOrder(id, Money.ZERO, T));
        assertThatIllegalArgumentException().isThrownBy(() -> new ShipOrder(id, T));
        assertThatIllegalArgumentException().isThrownBy(() -> new CancelOrder(id, "why", T));
    }

    @Test
    void ids_have_1_to_64_characters() {
        assertThat(new ShipOrder("a", T).orderId()).isEqualTo("a");
        assertThat(new ShipOrder("0" + "._-".repeat(21), T).orderId()).hasSize(64);
        assertThatIllegalArgumentException().isThrownBy(() -> new ShipOrder("a".repeat(65), T));
    }

    @Test
    void quantities_prices_and_items_have_ranges() {
        assertThat(placing(new OrderItem("a", 1, Money.ZERO)).items()).hasSize(1);
        assertThat(placing(new OrderItem("a", 10_000, Money.of("1000000"))).items())
                .hasSize(1);
        for (OrderItem bad : Arrays.asList(
                new OrderItem("a", 0, Money.ZERO),
                new OrderItem("a", -1, Money.ZERO),
                new OrderItem("a", 10_001, Money.ZERO),
                new OrderItem("a", 1, Money.of("-0.01")),
                new OrderItem("a", 1, Money.of("1000000.01")))) {
            assertThatIllegalArgumentException().isThrownBy(() -> placing(bad));
        }
        assertThatIllegalArgumentException().isThrownBy(OrderTest::placing);
        assertThat(placing(items(100)).items()).hasSize(100);
        assertThatIllegalArgumentException().isThrownBy(() -> placing(items(101)));
    }

    @Test
    void a_payment_has_a_range() {
        assertThat(new PayOrder("o", Money.of("1000000000000"), T).amount()).isEqualTo(PayOrder.MAX_AMOUNT);
        assertThatIllegalArgumentException().isThrownBy(() -> new PayOrder("o", Money.of("-0.01"), T));
        assertThatIllegalArgumentException().isThrownBy(() -> new PayOrder("o", Money.of("1000000000000.01"), T));
    }

    @Test
    void a_reason_has_1_to_500_characters() {
        assertThat(new CancelOrder("o", "x".repeat(500), T).reason()).hasSize(500);
        assertThat(new CancelOrder("o", "🚚", T).reason()).isEqualTo("🚚");
        for (String bad : List.of("", "  \n", "x".repeat(501), "a\0b", "half \ud83d", "\ude9a half")) {
            assertThatIllegalArgumentException().isThrownBy(() -> new CancelOrder("o", bad, T));
        }
    }

    private static PlaceOrder placing(OrderItem... items) {
        return new PlaceOrder("o", "c", List.of(items), T);
    }

    private static OrderItem[] items(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new OrderItem("s" + i, 1, Money.ZERO))
                .toArray(OrderItem[]::new);
    }

    private static Tuple rejection(String code, String message) {
        return Tuple.tuple(code, message);
    }
}
