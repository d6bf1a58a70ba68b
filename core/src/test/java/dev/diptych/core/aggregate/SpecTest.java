package dev.diptych.core.aggregate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.command.Command;
import dev.diptych.core.command.CommandResult;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderEvent.OrderShipped;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.write.OrderCommand;
import dev.diptych.core.orders.write.OrderCommand.PayOrder;
import dev.diptych.core.orders.write.OrderCommand.ShipOrder;
import dev.diptych.core.orders.write.OrderRejection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A spec must be able to fail: each test states wrong outcomes. */
class SpecTest {

    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final OrderPlaced PLACED =
            new OrderPlaced("o1", "c1", List.of(new OrderItem("a", 1, Money.of("5"))), Money.of("5"), T);
    private static final OrderPaid PAID = new OrderPaid("o1", "c1", Money.of("5"), T);
    private static final OrderShipped SHIPPED = new OrderShipped("o1", "c1", T);
    private static final PayOrder PAY = new PayOrder("o1", Money.of("5"), T);

    @Test
    void a_spec_fails_when_an_event_is_missing_extra_or_different() {
        refused(PAY, Spec.Outcome::thenNothing);
        refused(PAY, outcome -> outcome.then(PAID, PAID));
        refused(PAY, outcome -> outcome.then(new OrderPaid("o1", "c2", Money.of("5"), T)));
        refused(PAY, outcome -> outcome.then(new OrderPaid("o1", "c1", Money.of("5"), T.plusNanos(1))));
        refused(PAY, outcome -> outcome.then(PLACED));
        refused(PAY, outcome -> outcome.then(PLACED, PAID));
        refused(new ShipOrder("o1", T), outcome -> outcome.then(PAID));
    }

    @Test
    void a_spec_fails_on_a_different_or_missing_rejection() {
        refused(PAY, outcome -> outcome.thenRejected(new OrderRejection.Shipped("o1")));
        refused(new ShipOrder("o1", T), Spec.Outcome::thenNothing);
        refused(new ShipOrder("o1", T), outcome -> outcome.thenRejected(new OrderRejection.Shipped("o1")));
        refused(
                new ShipOrder("o1", T),
                outcome -> outcome.thenRejected(new OrderRejection.NotPaid("o1", Money.of("6"))));
        refused(new ShipOrder("o1", T), outcome -> outcome.thenNotFound("order", "o1"));
    }

    @Test
    void a_spec_fails_when_not_found_is_expected_or_missed() {
        var unknown = new PayOrder("o2", Money.of("5"), T);
        refused(unknown, Spec.Outcome::thenNothing);
        refused(unknown, outcome -> outcome.thenNotFound("order", "o1"));
        refused(unknown, outcome -> outcome.thenNotFound("subscription", "o2"));
        refused(unknown, outcome -> outcome.thenRejected(new OrderRejection.Shipped("o2")));
        refused(PAY, outcome -> outcome.thenNotFound("order", "o1"));
        refused(PAY, outcome -> outcome.thenRejected(new OrderRejection.Shipped("o1")));
        spec().when(unknown).thenNotFound("order", "o2");
    }

    @Test
    void a_spec_fails_when_the_events_are_in_another_order() {
        var outcome = Spec.of(appending("order-o1", PAID, SHIPPED), "order-o1").when(PAY);
        outcome.then(PAID, SHIPPED);
        fails(outcome, it -> it.then(SHIPPED, PAID));
        fails(outcome, it -> it.then(PAID));
        fails(outcome, it -> it.then(PAID, SHIPPED, SHIPPED));
    }

    @Test
    void a_spec_fails_when_events_are_raised_on_another_stream() {
        var outcome = Spec.of(appending("order-o2", PAID), "order-o1").when(PAY);
        fails(outcome, Spec.Outcome::thenNothing);
        fails(outcome, it -> it.then(PAID));
    }

    @Test
    void a_spec_fails_when_a_command_without_events_was_not_accepted() {
        Spec.Subject conflicting = (bus, store, codec) -> bus.register(
                PayOrder.class,
                (command, context) -> new CommandResult.Conflict(
                        new AppendResult.Conflict(new StreamName("order-o1"), ExpectedVersion.any(), 1, "specs")));
        fails(Spec.of(conflicting, "order-o1").when(PAY), Spec.Outcome::thenNothing);
        fails(Spec.of(conflicting, "order-o1").when(PAY), it -> it.thenNotFound("order", "o1"));
    }

    /** A faulty subject that appends the given events to the given stream. */
    private static Spec.Subject appending(String stream, Object... events) {
        return (bus, store, codec) -> bus.register(PayOrder.class, (command, context) -> {
            var encoded = Stream.of(events)
                    .map(event -> codec.encode(event, Map.of()))
                    .toList();
            var appended = store.append(new StreamName(stream), ExpectedVersion.any(), encoded);
            return new CommandResult.Accepted(((AppendResult.Appended) appended).receipt());
        });
    }

    private static Spec spec() {
        return Spec.of(OrderCommand::register, "order-o1").given(PLACED);
    }

    private static void refused(Command command, Consumer<Spec.Outcome> wrong) {
        fails(spec().when(command), wrong);
    }

    private static void fails(Spec.Outcome outcome, Consumer<Spec.Outcome> wrong) {
        assertThatThrownBy(() -> wrong.accept(outcome)).isInstanceOf(AssertionError.class);
    }
}
