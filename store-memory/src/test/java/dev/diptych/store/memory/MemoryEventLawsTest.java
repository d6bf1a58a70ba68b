package dev.diptych.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.StoredEvents;
import dev.diptych.core.automation.Automation;
import dev.diptych.core.automation.Item;
import dev.diptych.core.automation.TodoProjection;
import dev.diptych.core.command.Command;
import dev.diptych.core.command.CommandBus;
import dev.diptych.core.command.CommandContext;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.laws.EventLaws;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.write.OrderCommand.PlaceOrder;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Generations;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.query.DirectQueryBus;
import dev.diptych.core.query.Views;
import dev.diptych.store.memory.customers.MemoryCustomers;
import dev.diptych.store.memory.orders.MemoryOrders;
import dev.diptych.store.memory.renewals.MemoryRenewals;
import dev.diptych.store.memory.subscriptions.MemorySubscriptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MemoryEventLawsTest extends EventLaws {

    private List<Views> contexts;
    private boolean applyingAgain;
    private boolean sendingAgain;
    private final List<EventStore> stores = new ArrayList<>();

    @Override
    protected EventStore openStore() {
        var store = new MemoryEventStore();
        contexts = List.of(
                new MemoryOrders(store.history(), InstantSource.system()),
                new MemorySubscriptions(store.history(), InstantSource.system()),
                new MemoryCustomers(store.history()),
                new MemoryRenewals(store.history(), InstantSource.system()));
        stores.add(store);
        return store;
    }

    @Override
    protected List<Views> contexts() {
        return applyingAgain
                ? contexts.stream().map(MemoryEventLawsTest::broken).toList()
                : contexts;
    }

    private static Views broken(Views views) {
        return new Views() {
            @Override
            public void register(DirectQueryBus.Builder bus) {
                views.register(bus);
            }

            @Override
            public List<ReadModelStore> readModels() {
                return views.readModels().stream()
                        .<ReadModelStore>map(each -> new AppliesAgain((MemoryReadModel<?, ?>) each))
                        .toList();
            }
        };
    }

    /** Does not compare the checkpoint. */
    private record AppliesAgain(MemoryReadModel<?, ?> rows) implements ReadModelStore {
        @Override
        public String projection() {
            return rows.projection();
        }

        @Override
        public long checkpoint() {
            return rows.checkpoint();
        }

        @Override
        public boolean apply(Batch batch) {
            return rows.apply(new Batch(rows.checkpoint(), batch.events(), batch.history()));
        }

        @Override
        public boolean apply(Batch batch, int generation) {
            return rows.apply(batch, generation);
        }

        @Override
        public Generations generations() {
            return rows.generations();
        }
    }

    private static MemoryReadModel<?, ?> memory(ReadModelStore readModel) {
        return readModel instanceof AppliesAgain broken ? broken.rows() : (MemoryReadModel<?, ?>) readModel;
    }

    @Override
    protected Projection<?, ?> projectionOf(ReadModelStore readModel) {
        Projection<?, ?> projection = super.projectionOf(memory(readModel));
        return sendingAgain && projection instanceof TodoProjection<?, ?> list
                ? new TodoProjection<>(new PlacesOrders<>(list.automation()))
                : projection;
    }

    /** Places another order whenever its command is sent: the aggregate does not know that it was done. */
    private record PlacesOrders<E, W>(Automation<E, W> automation) implements Automation<E, W> {
        @Override
        public String name() {
            return automation.name();
        }

        @Override
        public Class<E> eventType() {
            return automation.eventType();
        }

        @Override
        public boolean concerns(String category) {
            return automation.concerns(category);
        }

        @Override
        public Set<String> keysOf(E event) {
            return automation.keysOf(event);
        }

        @Override
        public Task<W> evolve(String key, Task<W> open, E event) {
            return automation.evolve(key, open, event);
        }

        @Override
        public Command command(Item<W> item, Instant now) {
            var orderId = UUID.randomUUID().toString();
            return new PlaceOrder(orderId, "c", List.of(new OrderItem("lamp", 1, Money.of("1"))), now);
        }
    }

    @Override
    protected CommandBus busOfItems(CommandBus commands) {
        return sendingAgain ? (command, context) -> commands.dispatch(command, CommandContext.NONE) : commands;
    }

    @Test
    void an_automation_whose_commands_have_no_id_violates_the_law() {
        sendingAgain = true;
        assertThatThrownBy(() -> check(1, 100))
                .hasMessageContaining("These steps violate the law")
                .hasMessageContaining("how often the command of item");
    }

    /** A command of a domain that grows may need more luck, so not each event is required. */
    @Test
    void the_steps_raise_most_events() {
        check(1, 300);
        Set<String> written = StoredEvents.codec().storedVersions();
        assertThat(stores.stream()
                        .flatMap(store -> store.readAll(0, EventStore.MAX_PAGE).events().stream())
                        .map(event -> event.type() + ".v" + event.schemaVersion())
                        .distinct()
                        .filter(written::contains))
                .hasSizeGreaterThan(written.size() / 2);
    }

    @Test
    void a_read_model_that_applies_a_batch_twice_violates_the_law() {
        applyingAgain = true;
        assertThatThrownBy(() -> check(1, 100)).hasMessageContaining("These steps violate the law");
    }

    @Override
    protected Collection<?> rows(ReadModelStore readModel) {
        return memory(readModel)
                .list(Optional.empty(), row -> true, 10_000)
                .value()
                .items();
    }
}
