package dev.diptych.core.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.StoredEvents;
import dev.diptych.core.bus.Command;
import dev.diptych.core.bus.CommandBus;
import dev.diptych.core.bus.CommandContext;
import dev.diptych.core.bus.CommandResult;
import dev.diptych.core.bus.CommandResult.Accepted;
import dev.diptych.core.bus.CommandResult.CommandIdTaken;
import dev.diptych.core.bus.CommandResult.Conflict;
import dev.diptych.core.bus.CommandResult.NotFound;
import dev.diptych.core.bus.CommandResult.Rejected;
import dev.diptych.core.bus.DirectCommandBus;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.write.CancelOrder;
import dev.diptych.core.orders.write.OrderCommands;
import dev.diptych.core.orders.write.PayOrder;
import dev.diptych.core.orders.write.PlaceOrder;
import dev.diptych.core.orders.write.ShipOrder;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of the checks, and what a command id is good for, shown with orders. */
class RepositoryTest {

    private static final Instant T = Instant.EPOCH;
    private static final Command PAY = new PayOrder("o1", Money.of("5"), T);
    private static final Command SHIP = new ShipOrder("o1", T);

    private final OneStreamStore store = new OneStreamStore();
    private final CommandBus bus = bus();

    private CommandBus bus() {
        var handlers = DirectCommandBus.builder();
        OrderCommands.register(handlers, store, StoredEvents.codec());
        return handlers.build();
    }

    private static Command place(String id) {
        return new PlaceOrder(id, "c", List.of(new OrderItem("a", 1, Money.of("5"))), T);
    }

    private static CommandContext key(String id) {
        return CommandContext.NONE.stamped(id, "print of " + id);
    }

    private static CommandContext at(long version) {
        return CommandContext.NONE.expecting(ExpectedVersion.exactly(version));
    }

    @Test
    void a_payment_that_is_sent_again_after_the_order_was_shipped_gets_its_first_receipt() {
        bus.dispatch(place("o1"));
        CommandResult first = bus.dispatch(PAY, key("k"));
        bus.dispatch(SHIP);
        assertThat(bus.dispatch(PAY, key("k"))).isEqualTo(first).isInstanceOf(Accepted.class);
    }

    @Test
    void a_command_that_was_accepted_gets_its_first_receipt_though_a_rule_would_reject_it_now() {
        bus.dispatch(place("o1"));
        CommandResult first = bus.dispatch(PAY, key("k"));
        bus.dispatch(new CancelOrder("o1", "lost", T));
        assertThat(bus.dispatch(PAY)).isInstanceOf(Rejected.class);
        assertThat(bus.dispatch(PAY, key("k"))).isEqualTo(first);
    }

    @Test
    void a_command_that_did_nothing_is_remembered_too() {
        bus.dispatch(place("o1"));
        bus.dispatch(PAY);
        CommandResult first = bus.dispatch(PAY, key("k"));
        bus.dispatch(SHIP);
        assertThat(bus.dispatch(PAY, key("k"))).isEqualTo(first);
    }

    @Test
    void the_command_id_comes_before_the_expected_version() {
        bus.dispatch(place("o1"));
        CommandResult first = bus.dispatch(PAY, key("k").expecting(ExpectedVersion.exactly(1)));
        assertThat(bus.dispatch(PAY, key("k").expecting(ExpectedVersion.exactly(1))))
                .isEqualTo(first);
    }

    @Test
    void the_expected_version_comes_before_the_rules_and_counts_when_nothing_is_raised() {
        bus.dispatch(place("o1"));
        assertThat(bus.dispatch(SHIP, at(7))).isInstanceOf(Conflict.class);
        bus.dispatch(PAY);
        assertThat(bus.dispatch(PAY, at(1)))
                .isInstanceOfSatisfying(
                        Conflict.class,
                        conflict -> assertThat(conflict.conflict().message())
                                .isEqualTo("Stream order-o1 was expected at version 1, but is at version 2"));
        assertThat(bus.dispatch(PAY, at(2))).isInstanceOf(Accepted.class);
    }

    @Test
    void a_rejected_command_does_not_use_up_its_id() {
        bus.dispatch(place("o1"));
        assertThat(bus.dispatch(SHIP, key("k"))).isInstanceOf(Rejected.class);
        bus.dispatch(PAY);
        assertThat(bus.dispatch(SHIP, key("k"))).isInstanceOf(Accepted.class);
    }

    @Test
    void an_id_that_was_used_for_something_else_is_refused() {
        bus.dispatch(place("o1"));
        bus.dispatch(PAY, key("k"));
        CommandContext other = CommandContext.NONE.stamped("k", "another print");
        assertThat(bus.dispatch(SHIP, other)).isInstanceOf(CommandIdTaken.class);
        assertThat(bus.dispatch(place("o2"), other)).isInstanceOf(CommandIdTaken.class);
        assertThat(bus.dispatch(new ShipOrder("unknown", T), other)).isInstanceOf(CommandIdTaken.class);
        assertThat(bus.dispatch(new ShipOrder("unknown", T))).isEqualTo(new NotFound("order", "unknown"));
    }

    @Test
    void a_request_for_which_the_server_made_the_id_is_about_the_first_id_when_it_is_sent_again() {
        CommandResult first = bus.dispatch(place("made-first"), key("k"));
        assertThat(bus.dispatch(place("made-then"), key("k"))).isEqualTo(first);
        assertThat(bus.dispatch(new ShipOrder("made-then", T))).isInstanceOf(NotFound.class);
    }

    @Test
    void the_happy_path_with_a_command_id_pays_no_extra_round_trip() {
        bus.dispatch(place("o1"), key("k"));
        assertThat(store.calls).containsExactly("readStream", "append 1");
    }

    @Test
    void a_long_stream_is_loaded_in_pages() {
        var codec = StoredEvents.codec();
        bus.dispatch(place("o1"));
        var paid = codec.encode(new OrderPaid("o1", "c", Money.of("5"), T), java.util.Map.of());
        store.append(StreamName.of("order", "o1"), ExpectedVersion.any(), Collections.nCopies(2_500, paid));
        assertThat(bus.dispatch(SHIP))
                .isInstanceOfSatisfying(
                        Accepted.class,
                        accepted -> assertThat(accepted.receipt().version()).isEqualTo(2_502));
    }
}
