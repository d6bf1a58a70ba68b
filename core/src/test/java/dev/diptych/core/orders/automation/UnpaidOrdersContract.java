package dev.diptych.core.orders.automation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.automation.Automation.Task;
import dev.diptych.core.automation.AutomationWorker.Pace;
import dev.diptych.core.automation.AutomationWorker.State;
import dev.diptych.core.automation.Item;
import dev.diptych.core.automation.ItemCommand.DismissItem;
import dev.diptych.core.automation.ItemCommand.RetryItem;
import dev.diptych.core.automation.TodoList;
import dev.diptych.core.command.CommandResult;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.Place;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.orders.automation.GatedBus.Gate;
import dev.diptych.core.orders.automation.UnpaidOrders.UnpaidOrder;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.write.OrderCommand.CancelUnpaidOrder;
import dev.diptych.core.orders.write.OrderCommand.PayOrder;
import dev.diptych.core.orders.write.OrderCommand.PlaceOrder;
import dev.diptych.core.orders.write.OrderRejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Unpaid orders are cancelled when they are due, none is forgotten, and none is cancelled twice. */
public abstract class UnpaidOrdersContract extends AutomationBench {

    @Test
    public void orders_that_are_due_are_cancelled_and_others_are_not() {
        placeOverdue("due", 1);
        placeOverdue("paid", 1);
        pay("paid");
        place("early", now());
        runList();
        Node node = node("a").start();
        awaitCancelled("due");
        awaitOpen(1, 0);
        assertThat(node.bus().sent()).containsExactly("due");
    }

    /** The clock of the store jumps. */
    protected final void cancelsOnlyAfter(Duration time, Consumer<Duration> forward) {
        place("o1", now());
        runList();
        Node node = node("a").start();
        node.await(State.RUNNING);
        awaitOpen(1, 0);
        forward.accept(time.minusMinutes(1));
        placeOverdue("o2", 1);
        awaitCancelled("o2");
        forward.accept(Duration.ofMinutes(2));
        awaitCancelled("o1", "o2");
        assertThat(node.bus().sent()).containsExactly("o2", "o1");
    }

    @Test
    public void causation_and_correlation_run_from_the_event_to_the_command_and_its_event() {
        placeOverdue("o1", 1);
        runList();
        Node node = node("a").start();
        awaitCancelled("o1");
        long opened = events("order-placed").getFirst().position();
        assertThat(node.bus().contexts().getFirst().stamp().orElseThrow().commandId())
                .as("the command names the item and the event that opened it")
                .isEqualTo("unpaid-orders/o1/" + opened);
        assertThat(metadata(events("order-cancelled").getFirst()))
                .containsEntry("causation_id", "unpaid-orders/o1/" + opened)
                .containsEntry("correlation_id", "shop")
                .containsEntry("command", "CancelUnpaidOrder");
    }

    // A payment that races with the deadline

    @Test
    public void a_payment_before_the_cancellation_wins() {
        placeOverdue("o1", 1);
        runList();
        Node node = node("a");
        node.bus().shut(Gate.BEFORE);
        node.start();
        node.bus().awaitStopped(1);
        pay("o1");
        node.bus().open(Gate.BEFORE);
        Waiting.until(
                "the rejection is recorded",
                () -> events("automation-item-parked").size() == 1);
        awaitOpen(0, 0);
        assertThat(cancelled()).isEmpty();
    }

    @Test
    public void a_payment_after_the_cancellation_loses() {
        placeOverdue("o1", 1);
        runList();
        Node node = node("a");
        node.bus().shut(Gate.AFTER);
        node.start();
        awaitCancelled("o1");
        assertThat(dispatch(new PayOrder("o1", TOTAL, now())))
                .isEqualTo(new CommandResult.Rejected(new OrderRejection.Cancelled("o1", CancelUnpaidOrder.REASON)));
        node.bus().open(Gate.AFTER);
        node.bus().awaitEnded();
        awaitOpen(0, 0);
        assertThat(events("order-paid")).isEmpty();
        assertThat(events("automation-item-parked")).isEmpty();
    }

    // Workers that are stopped, or lose the lease

    @Test
    public void a_worker_that_ends_before_its_command_is_handled_is_replaced() {
        placeOverdue("o1", 1);
        runList();
        Node first = node("a");
        first.bus().shut(Gate.BEFORE);
        first.start();
        first.bus().awaitStopped(1);
        expireLeases();
        Node second = node("b").start();
        awaitCancelled("o1");
        first.bus().open(Gate.BEFORE);
        first.bus().awaitEnded();
        awaitOpen(0, 0);
        assertThat(second.bus().sent()).containsExactly("o1");
        assertThat(cancelled()).isEqualTo(Map.of("o1", 1L));
    }

    @Test
    public void a_command_that_is_sent_twice_is_done_once_even_if_its_id_was_pruned() {
        placeOverdue("o1", 1);
        runList();
        Node first = node("a");
        first.bus().shut(Gate.BEFORE);
        first.start();
        first.bus().awaitStopped(1);
        expireLeases();
        node("b").start();
        awaitCancelled("o1");
        pruneCommandIds();
        first.bus().open(Gate.BEFORE);
        first.bus().awaitEnded();
        awaitOpen(0, 0);
        assertThat(cancelled()).isEqualTo(Map.of("o1", 1L));
    }

    @Test
    public void a_worker_whose_list_is_behind_sends_nothing() {
        placeOverdue("o1", 1);
        runList();
        Node first = node("a");
        first.bus().shut(Gate.BEFORE);
        first.start();
        first.bus().awaitStopped(1);
        stopList();
        first.bus().open(Gate.BEFORE);
        awaitCancelled("o1");
        expireLeases();
        Node second = node("b").start();
        second.await(State.BEHIND);
        assertThat(second.bus().sent()).isEmpty();
        runList();
        second.await(State.RUNNING);
        awaitOpen(0, 0);
        assertThat(second.bus().sent()).isEmpty();
        assertThat(first.bus().sent()).containsExactly("o1");
    }

    @Test
    public void a_list_that_no_node_has_projected_sends_nothing() {
        placeOverdue("o1", 1);
        Node node = node("a").start();
        node.await(State.BEHIND);
        runList();
        awaitCancelled("o1");
        assertThat(node.bus().sent()).containsExactly("o1");
    }

    /** Planted fault: a list that claims to have applied every event. */
    @Test
    public void without_the_barrier_a_command_is_sent_again() {
        placeOverdue("o1", 1);
        runList();
        awaitOpen(1, 0);
        stopList();
        send(new CancelUnpaidOrder("o1", now()));
        Node node = node(
                        "a",
                        new UnpaidOrders(),
                        changed(seen -> upTo(new Place(seen.upTo().history(), 1_000), seen)),
                        PACE)
                .start();
        Waiting.until("a command was sent again", () -> node.bus().sent().contains("o1"));
        assertThat(cancelled()).as("the second line is the order itself").isEqualTo(Map.of("o1", 1L));
    }

    @Test
    public void a_list_of_another_history_or_version_sends_nothing() {
        placeOverdue("o1", 1);
        runList();
        awaitOpen(1, 0);
        Node ofAnotherHistory =
                node("a", new UnpaidOrders(), changed(seen -> upTo(new Place("another", 1_000), seen)), PACE);
        ofAnotherHistory.start().await(State.BEHIND);
        expireLeases();
        Node ofAnotherVersion = node(
                "b",
                new UnpaidOrders(),
                changed(seen -> new TodoList.Open<>(seen.items(), seen.upTo(), seen.generation(), 2, seen.now())),
                PACE);
        ofAnotherVersion.start().await(State.OTHER_VERSION);
        assertThat(ofAnotherHistory.bus().sent()).isEmpty();
        assertThat(ofAnotherVersion.bus().sent()).isEmpty();
        expireLeases();
        node("c").start();
        awaitCancelled("o1");
    }

    /** For stores whose history can change; all rows stay. */
    protected final void doesNothingTwiceAfter(Runnable newHistory) {
        placeOverdue("o1", 1);
        runList();
        Node node = node("a");
        node.bus().shut(Gate.BEFORE);
        node.start();
        node.bus().awaitStopped(1);
        stopList();
        node.bus().open(Gate.BEFORE);
        awaitCancelled("o1");
        newHistory.run();
        connect();
        expireLeases();
        Node next = node("b").start();
        next.await(State.BEHIND);
        node.await(State.BEHIND);
        placeOverdue("o2", 1);
        runList();
        awaitCancelled("o1", "o2");
        awaitOpen(0, 0);
        assertThat(cancelled()).isEqualTo(Map.of("o1", 1L, "o2", 1L));
        assertThat(next.bus().sent()).containsExactly("o2");
    }

    @Test
    public void a_list_that_goes_back_must_pass_the_barrier_again() {
        placeOverdue("o1", 1);
        runList();
        awaitOpen(1, 0);
        var back = new AtomicLong();
        Node node = node(
                "a",
                new UnpaidOrders(),
                changed(seen -> new TodoList.Open<>(
                        back.get() == 0 ? List.of() : seen.items(),
                        new Place(seen.upTo().history(), seen.upTo().position() - back.get()),
                        seen.generation(),
                        seen.version(),
                        seen.now())),
                PACE);
        node.start().await(State.RUNNING);
        back.set(1);
        node.await(State.BEHIND);
        assertThat(node.bus().sent()).isEmpty();
    }

    private TodoList<UnpaidOrder> changed(UnaryOperator<TodoList.Open<UnpaidOrder>> change) {
        TodoList<UnpaidOrder> real = list();
        return new TodoList<>() {
            @Override
            public Open<UnpaidOrder> open(Set<String> without, int limit) {
                return change.apply(real.open(without, limit));
            }

            @Override
            public List<Item<UnpaidOrder>> parked(String after, int limit) {
                return real.parked(after, limit);
            }

            @Override
            public Counts count() {
                return real.count();
            }
        };
    }

    @Test
    public void a_rebuild_does_nothing_twice_and_keeps_parked_items() {
        placeOverdue("o1", 2);
        placeOverdue("bad", 1);
        runList();
        Node node = node("a");
        node.bus().fail("bad", command -> new CommandResult.NotFound("order", "bad"));
        node.start();
        awaitCancelled("o1");
        awaitOpen(0, 1);
        pruneCommandIds();
        int before = listed().generation();
        runList().rebuild(false);
        Waiting.until("the copy serves", () -> listed().generation() > before);
        Waiting.until(
                "the worker has passed another barrier", () -> node.worker().state() == State.RUNNING);
        placeOverdue("o2", 1);
        awaitCancelled("o1", "o2");
        awaitOpen(0, 1);
        assertThat(node.bus().sent()).containsExactlyInAnyOrder("o1", "bad", "o2");
        assertThat(cancelled()).isEqualTo(Map.of("o1", 1L, "o2", 1L));
    }

    // Items that cannot be done

    @Test
    public void a_refused_item_is_parked_with_the_reason_until_it_is_retried() {
        placeOverdue("bad", 1);
        runList();
        Node node = node("a");
        node.bus().fail("bad", command -> new CommandResult.Rejected(new OrderRejection.Shipped("bad")));
        node.start();
        awaitOpen(0, 1);
        assertThat(list().parked("", 10)).singleElement().satisfies(item -> {
            assertThat(item.key()).isEqualTo("bad");
            assertThat(item.parked().orElseThrow()).startsWith("order-shipped: Order bad has been shipped");
        });
        assertThat(list().parked("bad", 10)).isEmpty();
        assertThat(node.bus().sent()).containsExactly("bad");
        node.bus().heal();
        send(new RetryItem("unpaid-orders", "bad", now()));
        send(new RetryItem("unpaid-orders", "bad", now()));
        awaitCancelled("bad");
        awaitOpen(0, 0);
        assertThat(node.bus().contexts())
                .extracting(context -> context.stamp().orElseThrow().commandId())
                .as("a retry has a command id of its own")
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    public void an_error_while_an_item_is_parked_is_repeated() {
        placeOverdue("bad", 1);
        runList();
        Node node = node("a");
        node.bus().fail("bad", command -> new CommandResult.NotFound("order", "bad"));
        node.bus().failParking(1);
        node.start();
        awaitOpen(0, 1);
        assertThat(node.bus().sent()).containsExactly("bad", "bad");
        placeOverdue("o1", 1);
        awaitCancelled("o1");
    }

    @Test
    public void a_parked_item_is_dismissed_once_and_only_a_parked_item() {
        placeOverdue("bad", 1);
        runList();
        Node node = node("a");
        node.bus().fail("bad", command -> new CommandResult.NotFound("order", "bad"));
        node.start();
        awaitOpen(0, 1);
        send(new DismissItem("unpaid-orders", "bad", now()));
        send(new DismissItem("unpaid-orders", "bad", now()));
        awaitOpen(0, 0);
        assertThat(dispatch(new RetryItem("unpaid-orders", "bad", now()))).isInstanceOf(CommandResult.NotFound.class);
        assertThat(dispatch(new DismissItem("unpaid-orders", "o1", now()))).isInstanceOf(CommandResult.NotFound.class);
        assertThat(cancelled()).isEmpty();
    }

    @Test
    public void a_taken_command_id_parks_the_item() {
        placeOverdue("o1", 1);
        long opened = events("order-placed").getFirst().position();
        var stamp = new CommandStamp("unpaid-orders/o1/" + opened, "of another sender");
        assertThat(store().append(new StreamName("other"), ExpectedVersion.any(), List.of(), Optional.of(stamp)))
                .isInstanceOf(AppendResult.Appended.class);
        runList();
        node("a").start();
        awaitOpen(0, 1);
        assertThat(list().parked("", 1).getFirst().parked()).contains("the command id was used before");
    }

    @Test
    public void a_command_that_changes_nothing_parks_the_item_as_without_effect() {
        placeOverdue("o1", 1);
        runList();
        Node node = node("a");
        node.bus()
                .fail(
                        "o1",
                        command ->
                                dispatch(new PlaceOrder("o1", "c1", List.of(new OrderItem("lamp", 1, TOTAL)), now())));
        node.start();
        awaitOpen(0, 1);
        assertThat(list().parked("", 1).getFirst().parked().orElseThrow()).contains("had no effect");
        assertThat(node.bus().sent()).containsExactly("o1");
    }

    @Test
    public void failures_are_repeated_a_few_times_and_hold_up_no_other_item() {
        for (int i = 1; i <= 5; i++) {
            placeOverdue("bad-" + i, 10 + i);
        }
        placeOverdue("good", 1);
        runList();
        Node node = node(
                "a",
                new UnpaidOrders(),
                list(),
                new Pace(1, Duration.ofMillis(20), Duration.ofMillis(2), Duration.ofMillis(10), 3));
        for (int i = 1; i <= 5; i++) {
            node.bus().fail("bad-" + i, command -> {
                throw new IllegalStateException("cannot be read");
            });
        }
        node.start();
        awaitCancelled("good");
        awaitOpen(0, 5);
        assertThat(node.bus().sent().stream().filter("bad-1"::equals)).hasSize(3);
        assertThat(list().parked("", 10))
                .allSatisfy(item -> assertThat(item.parked().orElseThrow()).contains("cannot be read"));
    }

    @Test
    public void conflicts_that_do_not_end_park_the_item() {
        placeOverdue("o1", 1);
        runList();
        Node node = node("a");
        node.bus()
                .fail(
                        "o1",
                        command -> new CommandResult.Conflict(new AppendResult.Conflict(
                                new StreamName("order-o1"), ExpectedVersion.noStream(), 1, store().history())));
        node.start();
        awaitOpen(0, 1);
        assertThat(list().parked("", 1).getFirst().parked().orElseThrow()).contains("is at version 1");
    }

    @Test
    public void an_item_that_alone_times_out_is_parked() {
        placeOverdue("o1", 1);
        runList();
        Node node = node("a");
        node.bus().fail("o1", command -> {
            throw new StoreUnavailableException("timed out", true, null);
        });
        node.start();
        awaitOpen(0, 1);
        assertThat(list().parked("", 1).getFirst().parked()).contains("timed out");
    }

    @Test
    public void an_outage_parks_nothing() {
        placeOverdue("o1", 1);
        runList();
        Node node = node("a");
        node.bus().fail("o1", command -> {
            throw new StoreUnavailableException("there is an outage", false, null);
        });
        node.bus().shut(Gate.BEFORE);
        node.start();
        node.bus().awaitStopped(1);
        outage(true);
        node.bus().open(Gate.BEFORE);
        Waiting.until("more attempts than the bound", () -> node.bus().sent().size() > 2 * PACE.attempts());
        node.bus().heal();
        awaitCancelled("o1");
        awaitOpen(0, 0);
        assertThat(events("automation-item-parked")).isEmpty();
    }

    // Order and concurrency

    @Test
    public void items_of_one_aggregate_go_one_after_another_in_order_of_due_time() {
        for (int i = 9; i >= 1; i--) {
            placeOverdue("o" + i, 10 - i);
        }
        runList();
        awaitOpen(9, 0);
        Node node = node(
                "a",
                new UnpaidOrders(),
                changed(seen -> new TodoList.Open<>(
                        seen.items().stream()
                                .map(item -> new Item<>(
                                        item.key(),
                                        new Task<>(
                                                "order-all",
                                                item.task().dueAt(),
                                                item.task().what()),
                                        item.opened(),
                                        item.metadata(),
                                        item.parked(),
                                        item.position()))
                                .toList(),
                        seen.upTo(),
                        seen.generation(),
                        seen.version(),
                        seen.now())),
                PACE);
        node.start();
        awaitOpen(0, 0);
        assertThat(node.bus().mostRunning()).isEqualTo(1);
        assertThat(node.bus().sent().stream().distinct())
                .containsExactly("o1", "o2", "o3", "o4", "o5", "o6", "o7", "o8", "o9");
    }

    @Test
    public void others_go_at_the_same_time_up_to_a_bound() {
        for (int i = 1; i <= 9; i++) {
            placeOverdue("o" + i, 10 - i);
        }
        runList();
        Node node = node("a");
        node.bus().shut(Gate.BEFORE);
        node.start();
        node.bus().awaitStopped(PACE.concurrency());
        assertThat(node.bus().sent()).containsExactlyInAnyOrder("o1", "o2", "o3", "o4");
        node.bus().open(Gate.BEFORE);
        awaitOpen(0, 0);
        assertThat(node.bus().mostRunning()).isEqualTo(PACE.concurrency());
        assertThat(cancelled()).hasSize(9).values().containsOnly(1L);
    }

    @Test
    public void of_three_nodes_one_sends_and_the_next_continues() {
        runList();
        List<Node> nodes =
                List.of(node("a").start(), node("b").start(), node("c").start());
        for (int i = 1; i <= 3; i++) {
            placeOverdue("o" + i, 1);
            String orderId = "o" + i;
            Waiting.until(orderId + " is cancelled", () -> cancelled().containsKey(orderId));
            nodes.stream()
                    .filter(node -> node.bus().sent().contains(orderId))
                    .forEach(node -> node.worker().close());
        }
        awaitCancelled("o1", "o2", "o3");
        assertThat(nodes).allSatisfy(node -> assertThat(node.worker().state()).isEqualTo(State.STOPPED));
        assertThat(cancelled()).values().containsOnly(1L);
    }

    /** Nodes stand still before and after commands, lose their leases, end and are replaced, in a random order. */
    @Tag("full")
    @Test
    public void through_many_failures_each_order_is_paid_or_cancelled_once() {
        long seed = Long.getLong("contract.seed", new Random().nextLong());
        System.out.println("-Dcontract.seed=" + seed);
        var random = new Random(seed);
        runList();
        List<Node> nodes = new ArrayList<>();
        Set<String> paid = new HashSet<>();
        int placed = 0;
        for (int step = 0; step < 120; step++) {
            if (nodes.size() < 3) {
                nodes.add(node("node-" + step).start());
            }
            Node node = nodes.get(random.nextInt(nodes.size()));
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> placeOverdue("o" + ++placed, 1 + random.nextInt(1_000));
                case 3 -> {
                    String orderId = "o" + (1 + random.nextInt(placed + 1));
                    if (dispatch(new PayOrder(orderId, TOTAL, now())) instanceof CommandResult.Accepted) {
                        paid.add(orderId);
                    }
                }
                case 4 -> {
                    node.bus().shut(random.nextBoolean() ? Gate.BEFORE : Gate.AFTER);
                    expireLeases();
                }
                case 5 -> nodes.forEach(each -> each.bus().openAll());
                case 6 -> {
                    nodes.remove(node); // stays as it is until the end
                    expireLeases();
                }
                default -> {
                    if (random.nextInt(4) == 0) {
                        runList().rebuild(false);
                    } else {
                        stopList();
                        runList();
                    }
                }
            }
        }
        openAll();
        expireLeases();
        node("last").start();
        int all = placed;
        Waiting.until(
                "each order is paid or cancelled",
                () -> cancelled().size() + events("order-paid").size() == all);
        awaitOpen(0, 0);
        assertThat(cancelled()).values().containsOnly(1L);
        assertThat(cancelled().keySet()).noneMatch(paid::contains);
    }
}
