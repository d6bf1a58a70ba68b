package dev.diptych.docs.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.automation.Automation;
import dev.diptych.core.automation.AutomationWorker;
import dev.diptych.core.automation.ItemCommand;
import dev.diptych.core.automation.events.AutomationEvent;
import dev.diptych.core.command.Command;
import dev.diptych.core.command.CommandBus;
import dev.diptych.core.command.CommandResult;
import dev.diptych.core.command.CommandResult.Accepted;
import dev.diptych.core.command.DirectCommandBus;
import dev.diptych.core.command.RetryingCommandBus;
import dev.diptych.core.contract.DelegatingEventStore;
import dev.diptych.core.contract.ShiftedClock;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.json.JsonEventCodec;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent.OrderCancelled;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderEvent.OrderShipped;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.write.OrderCommand;
import dev.diptych.core.orders.write.OrderCommand.CancelOrder;
import dev.diptych.core.orders.write.OrderCommand.PlaceOrder;
import dev.diptych.core.projection.Lease;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.docs.limits.Stock.SoldOut;
import dev.diptych.docs.limits.Stock.StockCommand.ReceiveStock;
import dev.diptych.docs.limits.Stock.StockCommand.ReserveStock;
import dev.diptych.docs.limits.Stock.StockEvent.Received;
import dev.diptych.docs.limits.Stock.StockEvent.Released;
import dev.diptych.docs.limits.Stock.StockEvent.Reserved;
import dev.diptych.store.memory.MemoryEventStore;
import dev.diptych.store.memory.MemoryTodoList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The two ways of {@code docs/howto/a-rule-over-several-aggregates.md}, and what each costs. */
class LimitsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final ShiftedClock clock = new ShiftedClock();
    private final Interleaved store = new Interleaved(new MemoryEventStore(clock));
    private final CommandBus commands = commands();
    private final List<AutoCloseable> open = new ArrayList<>();

    private static JsonEventCodec codec() {
        return JsonEventCodec.builder()
                .scalar(Money.class, Money::of)
                .event("order-placed", 1, OrderPlaced.class)
                .event("order-paid", 1, OrderPaid.class)
                .event("order-shipped", 1, OrderShipped.class)
                .event("order-cancelled", 1, OrderCancelled.class)
                .event("stock-received", 1, Received.class)
                .event("stock-reserved", 1, Reserved.class)
                .event("stock-released", 1, Released.class)
                .event("automation-item-parked", 1, AutomationEvent.ItemParked.class)
                .event("automation-item-retried", 1, AutomationEvent.ItemRetried.class)
                .event("automation-item-dismissed", 1, AutomationEvent.ItemDismissed.class)
                .build();
    }

    private CommandBus commands() {
        var bus = DirectCommandBus.builder();
        Stock.register(bus, store, codec());
        OrderCommand.register(bus, store, codec());
        ItemCommand.register(bus, store, codec());
        return new RetryingCommandBus(bus.build(), 10, (command, retried) -> {});
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private <W> void run(Automation<?, W> automation, Duration delay) {
        var list = new MemoryTodoList<>(store.history(), clock, automation);
        var pace = new ProjectionRunner.Pace(10, Duration.ofMillis(20), Duration.ofMillis(5), Duration.ofMillis(50));
        var runner = new ProjectionRunner(store, codec(), list.readModel(), pace);
        var worker = new AutomationWorker<>(
                automation,
                delay,
                list,
                commands,
                store,
                codec()::metadata,
                new Lease.Sole(),
                new AutomationWorker.Pace(4, Duration.ofMillis(20), Duration.ofMillis(2), Duration.ofMillis(10), 3));
        open.add(runner);
        open.add(worker);
        runner.start();
        worker.start();
    }

    // A reservation stream

    @Test
    void the_last_one_is_reserved_once_although_two_orders_see_it() {
        accepted(new ReceiveStock("lamp", 1, clock.instant()));
        store.beforeNextAppend(() -> accepted(reserve("o-2")));

        CommandResult first = commands.dispatch(reserve("o-1"));

        assertThat(first).isEqualTo(new CommandResult.Rejected(new SoldOut("lamp", 0, 1)));
        assertThat(events(Reserved.class)).extracting(Reserved::orderId).containsExactly("o-2");
    }

    @Test
    void the_same_reservation_may_be_sent_again() {
        accepted(new ReceiveStock("lamp", 1, clock.instant()));
        accepted(reserve("o-1"));
        accepted(reserve("o-1"));
        assertThat(events(Reserved.class)).hasSize(1);
    }

    @Test
    void a_reservation_costs_an_append_more_and_orders_of_one_product_wait_for_each_other() {
        accepted(new ReceiveStock("lamp", 10, clock.instant()));
        long before = store.head();
        store.beforeNextAppend(() -> accepted(reserve("o-2")));
        accepted(reserve("o-1"), place("o-1"));
        accepted(place("o-2"));
        assertThat(store.head() - before).as("events for two orders").isEqualTo(4);
        assertThat(store.lost)
                .as("appends to the product's stream that were decided again")
                .hasValue(1);
    }

    @Test
    void a_reservation_without_an_order_is_released_and_one_with_an_order_is_kept() {
        accepted(new ReceiveStock("lamp", 2, clock.instant()));
        accepted(reserve("o-1"), place("o-1"), reserve("o-2"));
        run(new UnusedReservations(), PATIENCE);
        clock.forward(PATIENCE.plusMinutes(1));
        Waiting.until("the stock is released", () -> !events(Released.class).isEmpty());
        assertThat(events(Released.class)).extracting(Released::orderId).containsExactly("o-2");
        accepted(new CancelOrder("o-1", "changed my mind", clock.instant()));
        clock.forward(PATIENCE.plusMinutes(1));
        Waiting.until("all stock is released", () -> events(Released.class).size() == 2);
    }

    // A to-do list

    @Test
    void orders_beyond_the_limit_are_accepted_and_cancelled_later() {
        accepted(place("o-1"), place("o-2"), place("o-3"), place("o-4"));
        assertThat(events(OrderCancelled.class)).as("until the worker runs").isEmpty();
        run(new OrdersBeyondLimit(), Duration.ZERO);
        Waiting.until(
                "two orders are cancelled", () -> events(OrderCancelled.class).size() == 2);
        assertThat(events(OrderCancelled.class))
                .extracting(OrderCancelled::orderId)
                .containsExactly("o-4", "o-3");
    }

    @Test
    void orders_within_the_limit_are_left_alone_and_a_cancelled_one_makes_room() {
        run(new OrdersBeyondLimit(), Duration.ZERO);
        accepted(place("o-1"), place("o-2"), new CancelOrder("o-1", "changed my mind", clock.instant()));
        accepted(place("o-3"), place("o-4"));
        Waiting.until(
                "one order is cancelled", () -> events(OrderCancelled.class).size() == 2);
        assertThat(events(OrderCancelled.class))
                .extracting(OrderCancelled::orderId)
                .containsExactly("o-1", "o-4");
    }

    private ReserveStock reserve(String orderId) {
        return new ReserveStock("lamp", orderId, 1, clock.instant());
    }

    private PlaceOrder place(String orderId) {
        return new PlaceOrder(orderId, "c-1", List.of(new OrderItem("lamp", 1, Money.of("7.50"))), clock.instant());
    }

    private void accepted(Command... all) {
        for (Command command : all) {
            assertThat(commands.dispatch(command)).as("%s", command).isInstanceOf(Accepted.class);
        }
    }

    private <E> List<E> events(Class<E> type) {
        return store.readAll(0, EventStore.MAX_PAGE).events().stream()
                .map(codec()::decode)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** Lets another command overtake an append. */
    private static final class Interleaved extends DelegatingEventStore {

        private final AtomicReference<Runnable> next = new AtomicReference<>(() -> {});
        private final AtomicInteger lost = new AtomicInteger();

        Interleaved(EventStore store) {
            super(store);
        }

        void beforeNextAppend(Runnable other) {
            next.set(other);
        }

        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            next.getAndSet(() -> {}).run();
            AppendResult result = super.append(stream, expected, events, stamp);
            if (result instanceof AppendResult.Conflict) {
                lost.incrementAndGet();
            }
            return result;
        }
    }
}
