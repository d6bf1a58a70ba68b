package dev.diptych.core.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.StoredEvents;
import dev.diptych.core.command.Command;
import dev.diptych.core.command.CommandBus;
import dev.diptych.core.command.CommandContext;
import dev.diptych.core.command.CommandResult;
import dev.diptych.core.command.CommandResult.Accepted;
import dev.diptych.core.command.CommandResult.CommandIdTaken;
import dev.diptych.core.command.CommandResult.Conflict;
import dev.diptych.core.command.CommandResult.NotFound;
import dev.diptych.core.command.CommandResult.Rejected;
import dev.diptych.core.command.DirectCommandBus;
import dev.diptych.core.command.RetryingCommandBus;
import dev.diptych.core.eventstore.AppendResult.Receipt;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.eventstore.UnreadableEventException;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.write.OrderCommand;
import dev.diptych.core.orders.write.OrderCommand.CancelOrder;
import dev.diptych.core.orders.write.OrderCommand.PayOrder;
import dev.diptych.core.orders.write.OrderCommand.PlaceOrder;
import dev.diptych.core.orders.write.OrderCommand.ShipOrder;
import dev.diptych.core.orders.write.OrderRejection;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of the repository's checks and the handling of command ids, with orders as the example. */
class RepositoryTest {

    private static final Instant T = Instant.EPOCH;
    private static final Command PAY = new PayOrder("o1", Money.of("5"), T);
    private static final Command SHIP = new ShipOrder("o1", T);

    private final OneStreamStore store = new OneStreamStore();
    private final CommandBus bus = bus();
    private final CommandBus otherNode = bus();

    private CommandBus bus() {
        var handlers = DirectCommandBus.builder();
        OrderCommand.register(handlers, store, StoredEvents.codec());
        return handlers.build();
    }

    private static Command place(String id) {
        return new PlaceOrder(id, "c", List.of(new OrderItem("a", 1, Money.of("5"))), T);
    }

    private static CommandContext key(String id) {
        return CommandContext.NONE.withCommandId(id, "print of " + id);
    }

    private static CommandContext at(long version) {
        return CommandContext.NONE.expecting(ExpectedVersion.exactly(version, "specs"));
    }

    @Test
    void a_payment_repeated_after_shipping_returns_its_first_receipt() {
        bus.dispatch(place("o1"));
        CommandResult first = bus.dispatch(PAY, key("k"));
        bus.dispatch(SHIP);
        assertThat(bus.dispatch(PAY, key("k"))).isEqualTo(first).isInstanceOf(Accepted.class);
    }

    @Test
    void a_repeated_command_is_accepted_even_if_a_rule_would_now_reject_it() {
        bus.dispatch(place("o1"));
        CommandResult first = bus.dispatch(PAY, key("k"));
        bus.dispatch(new CancelOrder("o1", "lost", T));
        assertThat(bus.dispatch(PAY)).isInstanceOf(Rejected.class);
        assertThat(bus.dispatch(PAY, key("k"))).isEqualTo(first);
    }

    @Test
    void the_command_id_of_a_command_without_events_is_stored() {
        bus.dispatch(place("o1"));
        bus.dispatch(PAY);
        CommandResult first = bus.dispatch(PAY, key("k"));
        bus.dispatch(SHIP);
        assertThat(bus.dispatch(PAY, key("k"))).isEqualTo(first);
    }

    @Test
    void the_command_id_is_checked_before_the_expected_version() {
        bus.dispatch(place("o1"));
        CommandResult first = bus.dispatch(PAY, key("k").expecting(ExpectedVersion.exactly(1, "specs")));
        assertThat(bus.dispatch(PAY, key("k").expecting(ExpectedVersion.exactly(1, "specs"))))
                .isEqualTo(first);
    }

    @Test
    void the_expected_version_is_checked_before_the_rules_and_without_events() {
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
    void a_rejection_does_not_store_the_command_id() {
        bus.dispatch(place("o1"));
        assertThat(bus.dispatch(SHIP, key("k"))).isInstanceOf(Rejected.class);
        bus.dispatch(PAY);
        assertThat(bus.dispatch(SHIP, key("k"))).isInstanceOf(Accepted.class);
    }

    @Test
    void a_command_id_of_another_command_is_refused() {
        bus.dispatch(place("o1"));
        bus.dispatch(PAY, key("k"));
        CommandContext other = CommandContext.NONE.withCommandId("k", "another print");
        assertThat(bus.dispatch(SHIP, other)).isInstanceOf(CommandIdTaken.class);
        assertThat(bus.dispatch(place("o2"), other)).isInstanceOf(CommandIdTaken.class);
        assertThat(bus.dispatch(new ShipOrder("unknown", T), other)).isInstanceOf(CommandIdTaken.class);
        assertThat(bus.dispatch(new ShipOrder("unknown", T))).isEqualTo(new NotFound("order", "unknown"));
    }

    @Test
    void a_repeated_request_keeps_the_first_generated_id() {
        CommandResult first = bus.dispatch(place("generated-1"), key("k"));
        assertThat(bus.dispatch(place("generated-2"), key("k"))).isEqualTo(first);
        assertThat(bus.dispatch(new ShipOrder("generated-2", T))).isInstanceOf(NotFound.class);
    }

    @Test
    void a_command_on_an_aggregate_that_was_used_before_takes_one_append() {
        bus.dispatch(place("o1"), key("k"));
        bus.dispatch(PAY);
        assertThat(store.calls).containsExactly("append 1", "append 1");
    }

    @Test
    void a_command_after_those_of_another_node_reads_only_the_newer_events() {
        bus.dispatch(place("o1"));
        otherNode.dispatch(PAY);
        otherNode.dispatch(SHIP);
        store.calls.clear();
        assertThat(bus.dispatch(new CancelOrder("o1", "late", T)))
                .isEqualTo(new Rejected(new OrderRejection.Shipped("o1")));
        assertThat(store.calls).containsExactly("append 1", "readStream after 1");
    }

    @Test
    void no_caller_learns_of_a_decision_on_a_state_that_another_node_has_changed() {
        bus.dispatch(place("o1"));
        otherNode.dispatch(PAY);
        assertThat(bus.dispatch(SHIP)).as("remembered as not paid").isInstanceOf(Accepted.class);
        otherNode.dispatch(place("o2"));
        assertThat(bus.dispatch(place("o2"))).as("not remembered").isInstanceOf(Accepted.class);
        bus.dispatch(new CancelOrder("o2", "first", T));
        assertThat(otherNode.dispatch(new PayOrder("o2", Money.of("5"), T), at(1)))
                .as("remembered at the expected version")
                .isInstanceOf(Conflict.class);
        assertThat(otherNode.dispatch(place("o1"), at(3)))
                .as("not remembered at the expected version")
                .isInstanceOf(Accepted.class);
    }

    @Test
    void the_state_is_read_again_when_the_outcome_of_an_append_is_unknown() {
        bus.dispatch(place("o1"));
        store.afterNextAppend(() -> {
            throw new StoreUnavailableException("lost", true, null);
        });
        assertThatThrownBy(() -> bus.dispatch(PAY)).isInstanceOf(StoreUnavailableException.class);
        store.calls.clear();
        assertThat(bus.dispatch(SHIP)).isInstanceOf(Accepted.class);
        assertThat(store.calls).containsExactly("readStream after 0", "append 1");
    }

    @Test
    void a_state_of_another_history_is_read_again() {
        bus.dispatch(place("o1"));
        store.beginHistory("restored");
        store.calls.clear();
        assertThat(bus.dispatch(PAY)).isInstanceOf(Accepted.class);
        assertThat(store.calls).containsExactly("append 1", "readStream after 1", "readStream after 0", "append 1");
    }

    @Test
    void a_long_stream_is_loaded_in_pages() {
        var codec = StoredEvents.codec();
        bus.dispatch(place("o1"));
        var paid = codec.encode(new OrderPaid("o1", "c", Money.of("5"), T), Map.of());
        store.append(StreamName.of("order", "o1"), ExpectedVersion.any(), Collections.nCopies(2_500, paid));
        assertThat(bus.dispatch(SHIP))
                .isInstanceOfSatisfying(
                        Accepted.class,
                        accepted -> assertThat(accepted.receipt().version()).isEqualTo(2_502));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "999, 1", "1000, 2", "1001, 2", "2000, 3"})
    void every_event_of_a_stream_is_loaded_at_any_page_boundary(int events, int reads) {
        bus.dispatch(place("o1"));
        var paid = StoredEvents.codec().encode(new OrderPaid("o1", "c", Money.of("5"), T), Map.of());
        store.append(StreamName.of("order", "o1"), ExpectedVersion.any(), Collections.nCopies(events - 1, paid));
        store.calls.clear();
        otherNode.dispatch(new CancelOrder("o1", "lost", T), at(events));
        assertThat(store.calls).hasSize(reads + 1).endsWith("append 1");
    }

    @Test
    void a_command_without_events_and_without_an_id_appends_nothing() {
        bus.dispatch(place("o1"));
        store.calls.clear();
        assertThat(bus.dispatch(place("o1")))
                .isEqualTo(new Accepted(new Receipt(new StreamName("order-o1"), 1, 1, "specs")));
        assertThat(store.calls).containsExactly("readStream after 1");
    }

    @Test
    void a_repeated_command_to_an_unknown_id_returns_its_first_result() {
        bus.dispatch(place("o1"));
        CommandResult first = bus.dispatch(PAY, key("k"));
        assertThat(bus.dispatch(new PayOrder("o2", Money.of("5"), T), key("k"))).isEqualTo(first);
    }

    @Test
    void a_command_to_an_unknown_id_does_not_store_its_command_id() {
        assertThat(bus.dispatch(SHIP, key("k"))).isEqualTo(new NotFound("order", "o1"));
        bus.dispatch(place("o1"));
        bus.dispatch(PAY);
        assertThat(bus.dispatch(SHIP, key("k"))).isInstanceOf(Accepted.class);
    }

    @Test
    void an_expected_version_of_an_unknown_id_is_a_conflict() {
        for (var expected : List.of(ExpectedVersion.exactly(3, "specs"), ExpectedVersion.exists())) {
            assertThat(bus.dispatch(SHIP, key("k").expecting(expected)))
                    .isInstanceOfSatisfying(
                            Conflict.class,
                            conflict -> assertThat(conflict.conflict().message())
                                    .isEqualTo("Stream order-o1 was expected at " + expected + ", but does not exist"));
        }
        bus.dispatch(place("o1"));
        bus.dispatch(PAY);
        assertThat(bus.dispatch(SHIP, key("k").expecting(ExpectedVersion.exists())))
                .isInstanceOf(Accepted.class);
    }

    @Test
    void an_order_that_must_be_new_cannot_be_placed_twice() {
        CommandContext isNew = CommandContext.NONE.expecting(ExpectedVersion.noStream());
        assertThat(bus.dispatch(place("o1"), isNew)).isInstanceOf(Accepted.class);
        assertThat(bus.dispatch(place("o1"), isNew)).isInstanceOf(Conflict.class);
    }

    @Test
    void a_conflict_does_not_store_the_command_id() {
        bus.dispatch(place("o1"));
        assertThat(bus.dispatch(PAY, key("k").expecting(ExpectedVersion.exactly(9, "specs"))))
                .isInstanceOf(Conflict.class);
        assertThat(bus.dispatch(PAY, key("k").expecting(ExpectedVersion.exactly(1, "specs"))))
                .isInstanceOf(Accepted.class);
    }

    @Test
    void a_lost_race_is_a_conflict_and_stores_nothing() {
        bus.dispatch(place("o1"));
        store.beforeNextAppends(() -> otherNode.dispatch(PAY), () -> {}, () -> otherNode.dispatch(SHIP));
        assertThat(bus.dispatch(PAY, key("k")))
                .isInstanceOfSatisfying(
                        Conflict.class,
                        conflict -> assertThat(conflict.conflict().message())
                                .isEqualTo("Stream order-o1 was expected at version 2, but is at version 3"));
        assertThat(store.head()).isEqualTo(3);
        assertThat(store.findCommand("k")).isEmpty();
    }

    @Test
    void a_retry_after_a_conflict_decides_on_the_new_state() {
        bus.dispatch(place("o1"));
        store.beforeNextAppends(
                () -> otherNode.dispatch(PAY),
                () -> {},
                () -> otherNode.dispatch(new CancelOrder("o1", "by another", T)));
        assertThat(new RetryingCommandBus(bus, 2, (command, retried) -> {}).dispatch(PAY, key("k")))
                .isEqualTo(new Rejected(new OrderRejection.Cancelled("o1", "by another")));
    }

    @Test
    void concurrent_copies_of_one_command_get_the_same_receipt() {
        bus.dispatch(place("o1"));
        var winner = new AtomicReference<CommandResult>();
        store.beforeNextAppends(() -> winner.set(otherNode.dispatch(PAY, key("k"))));
        assertThat(bus.dispatch(PAY, key("k"))).isInstanceOf(Accepted.class).isEqualTo(winner.get());
        assertThat(store.head()).isEqualTo(2);
    }

    @Test
    void an_unreadable_event_fails_the_command_and_is_not_skipped() {
        bus.dispatch(place("o1"));
        var unknown = new NewEvent("order-lost", 1, "{}", "{}");
        store.append(StreamName.of("order", "o1"), ExpectedVersion.any(), List.of(unknown));
        assertThatThrownBy(() -> bus.dispatch(PAY))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("order-lost");
        assertThat(store.head()).isEqualTo(2);
    }

    @Test
    void an_expected_version_of_another_history_is_a_conflict() {
        bus.dispatch(place("o1"));
        store.beginHistory("restored");
        assertThat(bus.dispatch(PAY, at(1)))
                .isInstanceOfSatisfying(
                        Conflict.class,
                        conflict -> assertThat(conflict.conflict().message())
                                .isEqualTo("Stream order-o1 was expected at version 1, but is at version 1 of another"
                                        + " history"));
        assertThat(bus.dispatch(PAY, CommandContext.NONE.expecting(ExpectedVersion.exactly(1, "restored"))))
                .isEqualTo(new Accepted(new Receipt(new StreamName("order-o1"), 2, 2, "restored")));
    }

    @Test
    void a_decision_on_events_of_another_history_is_not_stored() {
        bus.dispatch(place("o1"));
        store.beforeNextAppends(() -> store.beginHistory("restored"), () -> store.beginHistory("restored again"));
        assertThat(bus.dispatch(PAY)).isInstanceOf(Conflict.class);
        assertThat(new RetryingCommandBus(bus, 2, (command, retried) -> {}).dispatch(PAY))
                .isInstanceOf(Accepted.class);
        assertThat(store.head()).isEqualTo(2);
    }

    @Test
    void an_aggregate_is_not_loaded_from_pages_of_two_histories() {
        bus.dispatch(place("o1"));
        var paid = StoredEvents.codec().encode(new OrderPaid("o1", "c", Money.of("5"), T), Map.of());
        store.append(StreamName.of("order", "o1"), ExpectedVersion.any(), Collections.nCopies(1_500, paid));
        store.calls.clear();
        store.afterNextRead(() -> store.beginHistory("restored"));
        assertThat(bus.dispatch(SHIP)).isInstanceOf(Accepted.class);
        assertThat(store.calls)
                .as("the second page is of another history, so both are read again")
                .containsExactly(
                        "readStream after 1",
                        "readStream after 1001",
                        "readStream after 0",
                        "readStream after 1000",
                        "append 1");
    }

    @Test
    void the_metadata_of_a_command_is_stored_with_its_events() {
        var context = new CommandContext(ExpectedVersion.any(), Optional.empty(), Map.of("by", "me"));
        bus.dispatch(place("o1"), context);
        assertThat(store.readStream(StreamName.of("order", "o1"), 0, 1).events())
                .extracting(RecordedEvent::metadata)
                .containsExactly("{\"by\":\"me\"}");
    }
}
