package dev.diptych.exercises;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.StoredEvents;
import dev.diptych.core.automation.Automation;
import dev.diptych.core.automation.AutomationWorker;
import dev.diptych.core.automation.AutomationWorker.State;
import dev.diptych.core.automation.ItemCommand;
import dev.diptych.core.automation.TodoList.Counts;
import dev.diptych.core.command.Command;
import dev.diptych.core.command.CommandBus;
import dev.diptych.core.command.CommandResult;
import dev.diptych.core.command.DirectCommandBus;
import dev.diptych.core.contract.ShiftedClock;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.json.JsonEventCodec;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.automation.UnshippedOrders;
import dev.diptych.core.orders.events.OrderEvent.OrderCancelled;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.write.OrderCommand;
import dev.diptych.core.orders.write.OrderCommand.CancelOrder;
import dev.diptych.core.orders.write.OrderCommand.PayOrder;
import dev.diptych.core.orders.write.OrderCommand.PlaceOrder;
import dev.diptych.core.orders.write.OrderCommand.ShipOrder;
import dev.diptych.core.projection.Lease;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.store.memory.MemoryEventStore;
import dev.diptych.store.memory.MemoryTodoList;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnshippedOrdersTest {

    private static final Duration PATIENCE = Duration.ofDays(30);
    private static final Money TOTAL = Money.of("15");

    private final ShiftedClock clock = new ShiftedClock();
    private final EventStore store = new MemoryEventStore(clock);
    private final JsonEventCodec codec = StoredEvents.codec();
    private final CommandBus commands = commands();
    private final List<AutoCloseable> open = new ArrayList<>();

    private CommandBus commands() {
        var bus = DirectCommandBus.builder();
        OrderCommand.register(bus, store, codec);
        ItemCommand.register(bus, store, codec);
        return bus.build();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    /** A list that is filled from the first event on, its worker, and the commands that the worker has sent. */
    private record Started(MemoryTodoList<?> list, AutomationWorker<?> worker, List<Command> sent) {}

    private Started start() {
        return start(new UnshippedOrders());
    }

    private <W> Started start(Automation<?, W> automation) {
        var list = new MemoryTodoList<>(store.history(), clock, automation);
        var pace = new ProjectionRunner.Pace(10, Duration.ofMillis(20), Duration.ofMillis(5), Duration.ofMillis(50));
        var runner = new ProjectionRunner(store, codec, list.readModel(), pace);
        List<Command> sent = new CopyOnWriteArrayList<>();
        CommandBus recording = (command, context) -> {
            sent.add(command);
            return commands.dispatch(command, context);
        };
        var worker = new AutomationWorker<>(
                automation,
                PATIENCE,
                list,
                recording,
                store,
                codec::metadata,
                new Lease.Sole(),
                new AutomationWorker.Pace(4, Duration.ofMillis(20), Duration.ofMillis(2), Duration.ofMillis(10), 3));
        open.add(runner);
        open.add(worker);
        runner.start();
        worker.start();
        return new Started(list, worker, sent);
    }

    private void send(Command... all) {
        for (Command command : all) {
            assertThat(commands.dispatch(command)).isInstanceOf(CommandResult.Accepted.class);
        }
    }

    private void place(String orderId, int daysAgo) {
        send(new PlaceOrder(orderId, "c1", List.of(new OrderItem("lamp", 1, TOTAL)), ago(daysAgo)));
    }

    private void pay(String orderId, int daysAgo) {
        send(new PayOrder(orderId, TOTAL, ago(daysAgo)));
    }

    private Instant ago(int days) {
        return clock.instant().minus(Duration.ofDays(days));
    }

    /** Items are taken in order of due time: after its cancellation, only those due later have not been looked at. */
    private void placeOverdue(String orderId) {
        place(orderId, 32);
        pay(orderId, 31);
    }

    private List<OrderCancelled> cancellations() {
        return store.readAll(0, EventStore.MAX_PAGE).events().stream()
                .map(codec::decode)
                .filter(OrderCancelled.class::isInstance)
                .map(OrderCancelled.class::cast)
                .toList();
    }

    private void awaitCancelled(String... orderIds) {
        Waiting.until("these orders are cancelled: " + List.of(orderIds), () -> cancellations().stream()
                .map(OrderCancelled::orderId)
                .collect(Collectors.toSet())
                .equals(Set.of(orderIds)));
    }

    @Test
    void a_paid_order_that_is_not_shipped_for_thirty_days_is_cancelled() {
        place("first", 3);
        pay("first", 2);
        place("second", 3);
        pay("second", 0);
        start();
        clock.forward(Duration.ofDays(29));
        awaitCancelled("first");
        clock.forward(Duration.ofDays(2));
        awaitCancelled("first", "second");
    }

    @Test
    void the_days_count_from_the_payment() {
        place("recently-paid", 60);
        pay("recently-paid", 0);
        placeOverdue("overdue");
        start();
        awaitCancelled("overdue");
    }

    @Test
    void an_order_that_is_not_paid_is_no_item() {
        place("unpaid", 60);
        placeOverdue("overdue");
        Started started = start();
        awaitCancelled("overdue");
        Waiting.until("the list is empty", () -> started.list().count().equals(new Counts(0, 0)));
    }

    @Test
    void for_an_order_that_was_shipped_or_cancelled_nothing_is_sent() {
        for (String orderId : List.of("shipped", "cancelled")) {
            place(orderId, 60);
            pay(orderId, 59);
        }
        send(new ShipOrder("shipped", ago(58)), new CancelOrder("cancelled", "changed my mind", ago(58)));
        placeOverdue("overdue");
        Started started = start();
        awaitCancelled("cancelled", "overdue");
        assertThat(started.sent()).hasSize(1);
    }

    @Test
    void the_cancellation_has_the_time_of_the_store_and_a_reason() {
        placeOverdue("o1");
        Instant before = clock.instant();
        start();
        awaitCancelled("o1");
        OrderCancelled cancelled = cancellations().getFirst();
        assertThat(cancelled.cancelledAt()).isAfterOrEqualTo(before);
        assertThat(cancelled.reason()).contains("ship");
    }

    @Test
    void a_list_that_is_built_again_sends_nothing_again() {
        placeOverdue("o1");
        start();
        awaitCancelled("o1");
        Started again = start();
        Waiting.until("the worker has passed its barrier", () -> again.worker().state() == State.RUNNING);
        placeOverdue("o2");
        awaitCancelled("o1", "o2");
        assertThat(cancellations()).hasSize(2);
        assertThat(again.sent()).hasSizeLessThan(2); // the other worker may be first
    }
}
