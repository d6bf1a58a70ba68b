package dev.diptych.core.laws;

import dev.diptych.core.StoredEvents;
import dev.diptych.core.automation.ItemCommand;
import dev.diptych.core.command.Command;
import dev.diptych.core.command.CommandBus;
import dev.diptych.core.command.CommandContext;
import dev.diptych.core.command.DirectCommandBus;
import dev.diptych.core.command.RetryingCommandBus;
import dev.diptych.core.contract.Examples;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.json.JsonEventCodec;
import dev.diptych.core.orders.write.OrderCommand;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.core.subscriptions.write.SubscriptionCommand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * An event store that is filled by random commands, so that its events are those that aggregates raise, in an order in
 * which they raise them. Many of the commands are rejected.
 *
 * @param store the store
 */
record Shop(EventStore store) {

    static final JsonEventCodec CODEC = StoredEvents.codec();

    private static final List<Class<? extends Command>> COMMANDS =
            List.of(OrderCommand.class, SubscriptionCommand.class);

    static Command randomCommand(Random random) {
        return Examples.random(COMMANDS.get(random.nextInt(COMMANDS.size())), random);
    }

    CommandBus commands() {
        var handlers = DirectCommandBus.builder();
        OrderCommand.register(handlers, store, CODEC);
        SubscriptionCommand.register(handlers, store, CODEC);
        ItemCommand.register(handlers, store, CODEC);
        return new RetryingCommandBus(handlers.build(), 10, (command, retried) -> {});
    }

    void send(Command command) {
        commands().dispatch(command, CommandContext.NONE);
    }

    /** Returns the events after a position, as a runner reads them. */
    Batch after(long position, int limit) {
        EventStore.EventPage page = store.readAll(position, limit);
        List<PublishedEvent<?>> events = new ArrayList<>();
        page.events()
                .forEach(event -> events.add(new PublishedEvent<>(
                        CODEC.decode(event), event.version(), event.position(), event.metadata())));
        return new Batch(position, events, page.history());
    }

    /** Returns the rows that a projection must have: the fold of all events, one after another. */
    <E, R> Collection<Object> plainFold(Projection<E, R> projection) {
        Map<String, R> rows = new HashMap<>();
        for (PublishedEvent<?> each : after(0, EventStore.MAX_PAGE).events()) {
            if (projection.eventType().isInstance(each.event())) {
                E event = projection.eventType().cast(each.event());
                var published = new PublishedEvent<>(event, each.version(), each.position(), each.metadata());
                projection
                        .keysOf(event)
                        .forEach(key -> rows.compute(key, (same, row) -> projection.evolve(key, row, published)));
            }
        }
        return List.copyOf(rows.values());
    }
}
