package dev.diptych.core.aggregate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.write.OrderCommands;
import dev.diptych.core.orders.write.OrderRejection;
import dev.diptych.core.orders.write.PayOrder;
import dev.diptych.core.orders.write.ShipOrder;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A spec that cannot fail proves nothing: each way of being wrong is tried on purpose. */
class SpecTest {

    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final OrderPlaced PLACED =
            new OrderPlaced("o1", "c1", List.of(new OrderItem("a", 1, Money.of("5"))), Money.of("5"), T);
    private static final OrderPaid PAID = new OrderPaid("o1", "c1", Money.of("5"), T);
    private static final PayOrder PAY = new PayOrder("o1", Money.of("5"), T);

    @Test
    void a_spec_fails_when_an_event_is_missing_extra_different_or_elsewhere() {
        refused(PAY, Spec.Outcome::thenNothing);
        refused(PAY, outcome -> outcome.then(PAID, PAID));
        refused(PAY, outcome -> outcome.then(new OrderPaid("o1", "c2", Money.of("5"), T)));
        refused(PAY, outcome -> outcome.then(new OrderPaid("o1", "c1", Money.of("5"), T.plusNanos(1))));
        refused(PAY, outcome -> outcome.then(PLACED));
        refused(PAY, outcome -> outcome.then(PLACED, PAID));
        refused(new ShipOrder("o1", T), outcome -> outcome.then(PAID));
    }

    @Test
    void a_spec_fails_when_the_rejection_is_another_or_none() {
        refused(PAY, outcome -> outcome.thenRejected(new OrderRejection.Shipped("o1")));
        refused(new ShipOrder("o1", T), Spec.Outcome::thenNothing);
        refused(new ShipOrder("o1", T), outcome -> outcome.thenRejected(new OrderRejection.Shipped("o1")));
        refused(
                new ShipOrder("o1", T),
                outcome -> outcome.thenRejected(new OrderRejection.NotPaid("o1", Money.of("6"))));
        refused(new ShipOrder("o1", T), outcome -> outcome.thenNotFound("order", "o1"));
    }

    private static void refused(dev.diptych.core.bus.Command command, Consumer<Spec.Outcome> wrong) {
        Spec.Outcome outcome =
                Spec.of(OrderCommands::register, "order-o1").given(PLACED).when(command);
        assertThatThrownBy(() -> wrong.accept(outcome)).isInstanceOf(AssertionError.class);
    }
}
