package dev.diptych.exercises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.diptych.core.StoredEvents;
import dev.diptych.core.command.Command;
import dev.diptych.core.command.CommandBus;
import dev.diptych.core.command.CommandContext;
import dev.diptych.core.command.CommandResult;
import dev.diptych.core.command.DirectCommandBus;
import dev.diptych.core.contract.ShiftedClock;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.write.OrderCommand;
import dev.diptych.core.orders.write.OrderCommand.PlaceOrder;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Generations;
import dev.diptych.core.projection.PoisonedEventException;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ProjectionRunner.Pace;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.renewals.RenewalOrders;
import dev.diptych.core.subscriptions.write.SubscriptionCommand;
import dev.diptych.core.subscriptions.write.SubscriptionCommand.CancelSubscription;
import dev.diptych.core.subscriptions.write.SubscriptionCommand.ChangePlan;
import dev.diptych.core.subscriptions.write.SubscriptionCommand.RenewSubscription;
import dev.diptych.core.subscriptions.write.SubscriptionCommand.StartSubscription;
import dev.diptych.store.memory.MemoryEventStore;
import dev.diptych.store.memory.MemoryReadModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RenewalOrdersTest {

    private static final Instant T0 = Instant.parse("2026-01-01T10:00:00Z");
    private static final Instant T1 = T0.plus(Duration.ofDays(31));
    private static final Money PRICE = Money.of("9.90");
    private static final Money HIGHER = Money.of("19.90");
    private static final Pace PACE = new Pace(10, Duration.ofMillis(5), Duration.ofMillis(5), Duration.ofMillis(50));

    private final ShiftedClock clock = new ShiftedClock();
    private final EventStore store = new MemoryEventStore(clock);
    private final EventCodec codec = StoredEvents.codec();
    private final CommandBus commands = commands();
    private final ReadModelStore checkpoint = newCheckpoint();

    private CommandBus commands() {
        var bus = DirectCommandBus.builder();
        OrderCommand.register(bus, store, codec);
        SubscriptionCommand.register(bus, store, codec);
        return bus.build();
    }

    /** A read model that has a checkpoint and nothing else. */
    private ReadModelStore newCheckpoint() {
        return new MemoryReadModel<>(store.history(), new NoRows(), row -> row, Comparator.<String>naturalOrder());
    }

    private static final class NoRows implements Projection<Object, String> {
        @Override
        public String name() {
            return "renewal-orders";
        }

        @Override
        public Class<Object> eventType() {
            return Object.class;
        }

        @Override
        public Set<String> keysOf(Object event) {
            return Set.of();
        }

        @Override
        public @Nullable String evolve(String key, @Nullable String row, PublishedEvent<Object> published) {
            return null;
        }
    }

    private void send(Command... all) {
        for (Command command : all) {
            assertThat(commands.dispatch(command)).isInstanceOf(CommandResult.Accepted.class);
        }
    }

    private void aSubscriptionIsRenewedTwice() {
        send(
                new StartSubscription("s1", "c1", "basic", PRICE, T0),
                new RenewSubscription("s1", 2, T1),
                new ChangePlan("s1", "large", HIGHER, T1),
                new RenewSubscription("s1", 3, T1.plusSeconds(1)));
    }

    /** All events behind a position, as a runner would hand them over. */
    private Batch batch(long after) {
        List<PublishedEvent<?>> events = new ArrayList<>();
        store.readAll(after, EventStore.MAX_PAGE)
                .events()
                .forEach(each -> events.add(new PublishedEvent<>(codec.decode(each), each.version(), each.position())));
        return new Batch(after, events, store.history());
    }

    private List<OrderPlaced> orders() {
        return store.readAll(0, EventStore.MAX_PAGE).events().stream()
                .map(codec::decode)
                .filter(OrderPlaced.class::isInstance)
                .map(OrderPlaced.class::cast)
                .toList();
    }

    @Test
    void every_renewal_places_one_order_under_the_terms_of_its_month() {
        aSubscriptionIsRenewedTwice();
        assertThat(new RenewalOrders(commands, checkpoint).apply(batch(0))).isTrue();
        assertThat(orders())
                .extracting(OrderPlaced::customerId, OrderPlaced::items, OrderPlaced::placedAt)
                .containsExactly(
                        tuple(
                                "c1", List.of(new OrderItem("subscription", 1, PRICE)), T1),
                        tuple(
                                "c1", List.of(new OrderItem("subscription", 1, HIGHER)), T1.plusSeconds(1)));
        assertThat(orders()).extracting(OrderPlaced::orderId).doesNotHaveDuplicates();
    }

    @Test
    void starting_changing_and_cancelling_place_nothing() {
        send(
                new StartSubscription("s1", "c1", "basic", PRICE, T0),
                new ChangePlan("s1", "large", HIGHER, T0),
                new CancelSubscription("s1", "too dear", T0));
        new RenewalOrders(commands, checkpoint).apply(batch(0));
        assertThat(orders()).isEmpty();
        assertThat(checkpoint.checkpoint()).isEqualTo(3);
    }

    @Test
    void a_batch_that_begins_elsewhere_than_at_the_checkpoint_does_nothing() {
        aSubscriptionIsRenewedTwice();
        assertThat(new RenewalOrders(commands, checkpoint).apply(batch(1))).isFalse();
        assertThat(orders()).isEmpty();
        assertThat(checkpoint.checkpoint()).isZero();
    }

    @Test
    void events_that_are_handed_over_again_place_nothing_twice() {
        aSubscriptionIsRenewedTwice();
        new RenewalOrders(commands, checkpoint).apply(batch(0));
        Batch again = batch(0);
        assertThat(new RenewalOrders(commands, newCheckpoint()).apply(again)).isTrue();
        assertThat(orders()).hasSize(2);
    }

    @Test
    void they_place_nothing_twice_even_when_the_store_has_forgotten_the_command_ids() {
        aSubscriptionIsRenewedTwice();
        new RenewalOrders(commands, checkpoint).apply(batch(0));
        clock.forward(Duration.ofDays(30));
        assertThat(store.pruneCommands(Duration.ofDays(7), 100)).as("ids of commands").isEqualTo(2);
        new RenewalOrders(commands, newCheckpoint()).apply(batch(0));
        assertThat(orders()).hasSize(2);
    }

    @Test
    void each_order_has_a_command_id_of_its_own_and_the_same_when_it_is_sent_again() {
        aSubscriptionIsRenewedTwice();
        List<CommandContext> sent = new ArrayList<>();
        CommandBus watched = (command, context) -> {
            assertThat(command).isInstanceOf(PlaceOrder.class);
            sent.add(context);
            return commands.dispatch(command, context);
        };
        Batch renewals = batch(0);
        new RenewalOrders(watched, newCheckpoint()).apply(renewals);
        new RenewalOrders(watched, newCheckpoint()).apply(renewals);
        assertThat(sent).hasSize(4).allMatch(context -> context.stamp().isPresent());
        assertThat(sent.get(0).stamp()).isNotEqualTo(sent.get(1).stamp());
        assertThat(sent.subList(2, 4)).isEqualTo(sent.subList(0, 2));
    }

    @Test
    void an_order_that_is_refused_stops_the_process_at_its_event_and_is_not_skipped() {
        aSubscriptionIsRenewedTwice();
        CommandBus refusing = (command, context) -> new CommandResult.NotFound("order", "x");
        assertThatThrownBy(() -> new RenewalOrders(refusing, checkpoint).apply(batch(0)))
                .isInstanceOfSatisfying(
                        PoisonedEventException.class,
                        poisoned -> assertThat(poisoned.position()).isEqualTo(2));
        assertThat(checkpoint.checkpoint()).isZero();
    }

    @Test
    void after_a_crash_between_the_order_and_the_checkpoint_a_new_process_goes_on_and_places_nothing_twice()
            throws Exception {
        aSubscriptionIsRenewedTwice();
        var crashed = new CountDownLatch(1);
        ReadModelStore dying = new Forwarding(checkpoint) {
            @Override
            public boolean apply(Batch batch) {
                crashed.countDown();
                throw new IllegalStateException("the power is gone");
            }
        };
        try (var before = new ProjectionRunner(store, codec, new RenewalOrders(commands, dying), PACE)) {
            before.start();
            assertThat(crashed.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(orders()).hasSize(2);
        assertThat(checkpoint.checkpoint()).isZero();

        var caughtUp = new CountDownLatch(1);
        ReadModelStore watched = new Forwarding(checkpoint) {
            @Override
            public boolean apply(Batch batch) {
                boolean applied = super.apply(batch);
                if (checkpoint.checkpoint() == 7) { // four events of the subscription, two orders, and one more renewal
                    caughtUp.countDown();
                }
                return applied;
            }
        };
        send(new RenewSubscription("s1", 4, T1.plusSeconds(2)));
        try (var after = new ProjectionRunner(store, codec, new RenewalOrders(commands, watched), PACE)) {
            after.start();
            assertThat(caughtUp.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(orders()).hasSize(3);
    }

    /** A read model that passes everything on. */
    private abstract static class Forwarding implements ReadModelStore {

        private final ReadModelStore model;

        Forwarding(ReadModelStore model) {
            this.model = model;
        }

        @Override
        public String projection() {
            return model.projection();
        }

        @Override
        public long checkpoint() {
            return model.checkpoint();
        }

        @Override
        public boolean apply(Batch batch) {
            return model.apply(batch);
        }

        @Override
        public boolean apply(Batch batch, int generation) {
            return model.apply(batch, generation);
        }

        @Override
        public Generations generations() {
            return model.generations();
        }
    }
}
