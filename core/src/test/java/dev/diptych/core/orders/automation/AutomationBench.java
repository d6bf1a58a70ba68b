package dev.diptych.core.orders.automation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.StoredEvents;
import dev.diptych.core.automation.Automation;
import dev.diptych.core.automation.AutomationWorker;
import dev.diptych.core.automation.AutomationWorker.Pace;
import dev.diptych.core.automation.AutomationWorker.State;
import dev.diptych.core.automation.ItemCommand;
import dev.diptych.core.automation.TodoList;
import dev.diptych.core.command.Command;
import dev.diptych.core.command.CommandBus;
import dev.diptych.core.command.CommandContext;
import dev.diptych.core.command.CommandResult;
import dev.diptych.core.command.DirectCommandBus;
import dev.diptych.core.command.ObservedCommandBus;
import dev.diptych.core.command.RetryingCommandBus;
import dev.diptych.core.contract.DelegatingEventStore;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.Place;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.json.JsonEventCodec;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.automation.UnpaidOrders.UnpaidOrder;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.write.OrderCommand;
import dev.diptych.core.orders.write.OrderCommand.PayOrder;
import dev.diptych.core.orders.write.OrderCommand.PlaceOrder;
import dev.diptych.core.projection.Lease;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ReadModelStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Nodes on one store, for the tests of automations: each has a worker, and one of them runs the list's projection. */
abstract class AutomationBench {

    /** The time for payment. */
    protected static final Duration TWO_WEEKS = Duration.ofDays(14);

    static final Money TOTAL = Money.of("15");

    private static final JsonEventCodec CODEC = StoredEvents.codec();
    private static final ProjectionRunner.Pace RUNNER =
            new ProjectionRunner.Pace(10, Duration.ofMillis(20), Duration.ofMillis(5), Duration.ofMillis(50));

    /** Short pauses; an item is parked after three failures. */
    static final Pace PACE = new Pace(4, Duration.ofMillis(20), Duration.ofMillis(2), Duration.ofMillis(10), 3);

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<GatedBus> buses = new ArrayList<>();
    private CommandBus commands;
    private volatile boolean outage;
    private ProjectionRunner runner;

    /** Opens an empty store; called before each test. */
    protected abstract void openStore() throws Exception;

    /** Returns the event store. */
    protected abstract EventStore store();

    /** Returns the read model of the list. */
    protected abstract ReadModelStore readModel();

    /** Returns the list. */
    protected abstract TodoList<UnpaidOrder> list();

    /** Returns the lease of a node, which the node does not ask for again for a long time once it holds it. */
    protected abstract Lease lease(String node);

    /** Makes all leases expire, which their holders do not notice. */
    protected abstract void expireLeases();

    /** Deletes all command ids. */
    protected abstract void pruneCommandIds();

    @BeforeEach
    public void start() throws Exception {
        openStore();
        connect();
    }

    /** Uses other connections from now on. */
    final void connect() {
        var handlers = DirectCommandBus.builder();
        OrderCommand.register(handlers, store(), CODEC);
        ItemCommand.register(handlers, store(), CODEC);
        commands = new ObservedCommandBus(new RetryingCommandBus(handlers.build(), 10, (command, retried) -> {}));
        runner = runner();
    }

    private ProjectionRunner runner() {
        var created = new ProjectionRunner(store(), CODEC, readModel(), RUNNER);
        open.add(created);
        return created;
    }

    @AfterEach
    public void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    /** A worker with its own way to the commands. */
    record Node(AutomationWorker<UnpaidOrder> worker, GatedBus bus) {
        Node start() {
            worker.start();
            return this;
        }

        void await(State state) {
            Waiting.until("the worker is " + state, () -> worker.state() == state);
        }
    }

    Node node(String name) {
        return node(name, new UnpaidOrders(), list(), PACE);
    }

    Node node(String name, Automation<?, UnpaidOrder> automation, TodoList<UnpaidOrder> seen, Pace pace) {
        var bus = new GatedBus(commands);
        var worker =
                new AutomationWorker<>(automation, TWO_WEEKS, seen, bus, writer(), CODEC::metadata, lease(name), pace);
        open.add(() -> {
            bus.openAll();
            worker.close();
        });
        buses.add(bus);
        return new Node(worker, bus);
    }

    private EventStore writer() {
        return new DelegatingEventStore(store()) {
            @Override
            public long head() {
                if (outage) {
                    throw new IllegalStateException("the server cannot be asked");
                }
                return super.head();
            }
        };
    }

    /** Lets all commands go on. */
    void openAll() {
        buses.forEach(GatedBus::openAll);
    }

    /** Runs the projection of the list. */
    ProjectionRunner runList() {
        if (runner.state() == ProjectionRunner.State.STOPPED) {
            runner.start();
        }
        return runner;
    }

    /** Ends the projection after its current batch, until {@link #runList}. */
    void stopList() {
        runner.close();
        runner = runner();
    }

    static TodoList.Open<UnpaidOrder> upTo(Place place, TodoList.Open<UnpaidOrder> seen) {
        return new TodoList.Open<>(seen.items(), place, seen.generation(), seen.version(), seen.now());
    }

    Instant now() {
        return list().open(Set.of(), 1).now();
    }

    TodoList.Open<UnpaidOrder> listed() {
        return list().open(Set.of(), 10);
    }

    /** Places an order that is due for cancellation, the earlier the more minutes. */
    void placeOverdue(String orderId, int minutes) {
        place(orderId, now().minus(TWO_WEEKS).minus(Duration.ofMinutes(minutes)));
    }

    void place(String orderId, Instant at) {
        send(new PlaceOrder(orderId, "c1", List.of(new OrderItem("lamp", 1, TOTAL)), at));
    }

    void pay(String orderId) {
        send(new PayOrder(orderId, TOTAL, now()));
    }

    void outage(boolean begins) {
        outage = begins;
    }

    void send(Command command) {
        assertThat(dispatch(command)).isInstanceOf(CommandResult.Accepted.class);
    }

    CommandResult dispatch(Command command) {
        return commands.dispatch(command, CommandContext.NONE.withMetadata(ObservedCommandBus.CORRELATION_ID, "shop"));
    }

    List<RecordedEvent> events(String type) {
        return store().readAll(0, EventStore.MAX_PAGE).events().stream()
                .filter(event -> event.type().equals(type))
                .toList();
    }

    /** The number of cancellations of each order. */
    Map<String, Long> cancelled() {
        return events("order-cancelled").stream()
                .collect(Collectors.groupingBy(event -> event.stream().id(), Collectors.counting()));
    }

    void awaitCancelled(String... orderIds) {
        Waiting.until(
                "these orders are cancelled: " + List.of(orderIds),
                () -> cancelled().keySet().equals(Set.of(orderIds)));
    }

    void awaitOpen(int open, int parked) {
        Waiting.until(
                open + " open and " + parked + " parked items",
                () -> list().count().equals(new TodoList.Counts(open, parked)));
    }

    static Map<String, String> metadata(RecordedEvent event) {
        return CODEC.metadata(event.metadata());
    }
}
