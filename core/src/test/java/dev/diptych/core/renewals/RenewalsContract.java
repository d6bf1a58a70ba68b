package dev.diptych.core.renewals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.StoredEvents;
import dev.diptych.core.automation.Automation;
import dev.diptych.core.automation.AutomationWorker;
import dev.diptych.core.automation.AutomationWorker.Pace;
import dev.diptych.core.automation.ItemCommand;
import dev.diptych.core.automation.TodoList;
import dev.diptych.core.command.Command;
import dev.diptych.core.command.CommandBus;
import dev.diptych.core.command.CommandResult;
import dev.diptych.core.command.DirectCommandBus;
import dev.diptych.core.command.ObservedCommandBus;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.json.JsonEventCodec;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.write.OrderCommand;
import dev.diptych.core.projection.Lease;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.renewals.RenewalOrders.RenewalOrder;
import dev.diptych.core.subscriptions.automation.DueRenewals;
import dev.diptych.core.subscriptions.automation.DueRenewals.DueRenewal;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionRenewed;
import dev.diptych.core.subscriptions.write.Subscription;
import dev.diptych.core.subscriptions.write.SubscriptionCommand;
import dev.diptych.core.subscriptions.write.SubscriptionCommand.CancelSubscription;
import dev.diptych.core.subscriptions.write.SubscriptionCommand.ChangePlan;
import dev.diptych.core.subscriptions.write.SubscriptionCommand.StartSubscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each month of a running subscription begins once, and places one order. */
public abstract class RenewalsContract {

    protected static final Money PRICE = Money.of("9.90");

    private static final JsonEventCodec CODEC = StoredEvents.codec();
    private static final ProjectionRunner.Pace RUNNER =
            new ProjectionRunner.Pace(10, Duration.ofMillis(20), Duration.ofMillis(5), Duration.ofMillis(50));
    private static final Pace PACE = new Pace(4, Duration.ofMillis(20), Duration.ofMillis(2), Duration.ofMillis(10), 3);

    private final List<AutoCloseable> open = new ArrayList<>();
    private CommandBus commands;

    /** Opens an empty store; called before each test. */
    protected abstract void openStore();

    /** Returns the event store. */
    protected abstract EventStore store();

    /** Returns the read models of both lists. */
    protected abstract List<ReadModelStore> readModels();

    /** Returns the list of the next month of each subscription. */
    protected abstract TodoList<DueRenewal> renewals();

    /** Returns the list of the orders to place. */
    protected abstract TodoList<RenewalOrder> orders();

    @BeforeEach
    void start() {
        openStore();
        var handlers = DirectCommandBus.builder();
        OrderCommand.register(handlers, store(), CODEC);
        SubscriptionCommand.register(handlers, store(), CODEC);
        ItemCommand.register(handlers, store(), CODEC);
        commands = new ObservedCommandBus(handlers.build());
        readModels().forEach(rows -> {
            var runner = new ProjectionRunner(store(), CODEC, rows, RUNNER);
            open.add(runner);
            runner.start();
        });
        startWorker(new DueRenewals(), renewals());
        startWorker(new RenewalOrders(), orders());
    }

    private <W> void startWorker(Automation<?, W> automation, TodoList<W> list) {
        var worker = new AutomationWorker<>(
                automation, Duration.ZERO, list, commands, store(), CODEC::metadata, new Lease.Sole(), PACE);
        open.add(worker);
        worker.start();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    protected void send(Command command) {
        assertThat(commands.dispatch(command)).isInstanceOf(CommandResult.Accepted.class);
    }

    private Instant now() {
        return renewals().open(Set.of(), 1).now();
    }

    private <E> List<E> events(Class<E> type) {
        return store().readAll(0, EventStore.MAX_PAGE).events().stream()
                .map(CODEC::decode)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    protected void awaitOrders(int expected) {
        Waiting.until(
                "orders have been placed: " + expected,
                () -> events(OrderPlaced.class).size() == expected);
    }

    /** A time in the past from which two more months have begun. */
    private Instant inTheThirdMonth() {
        return Subscription.beginOfMonth(now(), -1).minus(Duration.ofHours(1));
    }

    @Test
    public void months_that_have_ended_are_renewed_one_after_another_with_one_order_each() {
        Instant startedAt = inTheThirdMonth();
        send(new StartSubscription("s1", "c1", "basic", PRICE, startedAt));
        awaitOrders(2);
        Waiting.until(
                "the next month is listed, and no order is",
                () -> renewals().open(Set.of(), 9).items().stream()
                                .anyMatch(item -> item.task().what().equals(new DueRenewal(4, startedAt)))
                        && orders().count().equals(new TodoList.Counts(0, 0)));
        assertThat(events(SubscriptionRenewed.class))
                .extracting(SubscriptionRenewed::month)
                .containsExactly(2, 3);
        assertThat(events(OrderPlaced.class))
                .hasSize(2)
                .extracting(OrderPlaced::items)
                .containsOnly(List.of(new OrderItem("subscription", 1, PRICE)));
    }

    @Test
    public void an_order_is_placed_at_the_price_of_its_month() {
        send(new StartSubscription("s1", "c1", "basic", PRICE, now()));
        send(new ChangePlan("s1", "large", Money.of("19"), now()));
        send(new StartSubscription("s2", "c2", "basic", PRICE, inTheThirdMonth()));
        awaitOrders(2);
        send(new ChangePlan("s2", "large", Money.of("19"), now()));
        assertThat(events(OrderPlaced.class)).extracting(OrderPlaced::total).containsOnly(PRICE);
        assertThat(events(OrderPlaced.class))
                .extracting(OrderPlaced::customerId)
                .containsOnly("c2");
    }

    @Test
    public void a_cancelled_subscription_is_not_renewed() {
        send(new StartSubscription("s1", "c1", "basic", PRICE, now()));
        send(new CancelSubscription("s1", "too dear", now()));
        send(new StartSubscription("s2", "c2", "basic", PRICE, inTheThirdMonth()));
        awaitOrders(2);
        Waiting.until(
                "only one subscription is listed", () -> renewals().count().equals(new TodoList.Counts(1, 0)));
        assertThat(events(SubscriptionRenewed.class))
                .extracting(SubscriptionRenewed::subscriptionId)
                .containsOnly("s2");
    }
}
