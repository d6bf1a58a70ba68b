package dev.diptych.core.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.automation.Automation;
import dev.diptych.core.automation.Item;
import dev.diptych.core.automation.ItemCommand;
import dev.diptych.core.automation.Sending;
import dev.diptych.core.automation.TodoList.Open;
import dev.diptych.core.automation.TodoProjection;
import dev.diptych.core.command.Command;
import dev.diptych.core.command.CommandBus;
import dev.diptych.core.eventstore.Place;
import dev.diptych.core.projection.ReadModelStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The to-do lists as two nodes have read them, and what became of the commands of their items. */
final class Todo {

    /** The time of all readings: a subscription that was started by an example is due for two renewals. */
    private static final Instant NOW = Instant.EPOCH.plus(Duration.ofDays(65));

    /** More than it takes until no item of an example is due. */
    private static final int ROUNDS = 10;

    /** An item of an automation, with the reading in which it was found. */
    private record Found<W>(Automation<?, W> automation, Item<W> item, Open<W> seen) {
        String id() {
            return automation.name() + "/" + item.key() + "/" + item.opened();
        }

        void send(CommandBus commands, Shop shop) {
            Sending.send(automation, item, seen, commands, shop.store());
        }
    }

    private final EventLaws on;
    private final List<List<Found<?>>> found = new ArrayList<>(List.of(List.of(), List.of()));

    /** The number of commands that took effect, by item. */
    private final Map<String, Integer> effects = new HashMap<>();

    Todo(EventLaws on) {
        this.on = on;
    }

    void look(int node, List<ReadModelStore> readModels, String history) {
        found.set(node, items(readModels, history).filter(Todo::isDue).toList());
    }

    private static boolean isDue(Found<?> each) {
        return each.item().parked().isEmpty() && !each.item().task().dueAt().isAfter(NOW);
    }

    private Stream<Found<?>> items(List<ReadModelStore> readModels, String history) {
        return readModels.stream()
                .flatMap(model -> on.projectionOf(model) instanceof TodoProjection<?, ?> list
                        ? items(list.automation(), model, history)
                        : Stream.of());
    }

    @SuppressWarnings("unchecked") // the rows of the list of an automation are its items
    private <W> Stream<Found<W>> items(Automation<?, W> automation, ReadModelStore model, String history) {
        var items = List.copyOf((Collection<Item<W>>) on.rows(model));
        int generation = model.generations().status().serving();
        var seen = new Open<>(items, new Place(history, model.checkpoint()), generation, automation.version(), NOW);
        return items.stream().map(item -> new Found<>(automation, item, seen));
    }

    void work(int node, int item, Shop shop) {
        if (item < found.get(node).size()) {
            send(found.get(node).get(item), shop);
        }
    }

    private void send(Found<?> each, Shop shop) {
        CommandBus commands = on.busOfItems(shop.commands());
        each.send(
                (command, context) -> {
                    long before = shop.store().head();
                    var result = commands.dispatch(command, context);
                    if (!(command instanceof ItemCommand) && shop.store().head() > before) {
                        effects.merge(each.id(), 1, Integer::sum);
                    }
                    return result;
                },
                shop);
        assertThat(effects.getOrDefault(each.id(), 0))
                .as("how often the command of item %s took effect", each.id())
                .isLessThan(2);
    }

    void attend(List<ReadModelStore> readModels, Step.Attend step, Shop shop) {
        items(readModels, shop.store().history())
                .skip(step.item())
                .findFirst()
                .ifPresent(each -> shop.send(attend(each.automation().name(), each.item(), step.how())));
    }

    private static Command attend(String list, Item<?> item, int how) {
        return switch (how) {
            case 0 -> new ItemCommand.RetryItem(list, item.key(), Instant.EPOCH);
            case 1 -> new ItemCommand.DismissItem(list, item.key(), Instant.EPOCH);
            default -> new ItemCommand.ParkItem(list, item.key(), item.opened(), "why", Instant.EPOCH);
        };
    }

    /** Sends until no item is due, reading everything before each round. */
    void finish(List<ReadModelStore> readModels, Shop shop) {
        for (int round = 0; round < ROUNDS; round++) {
            readModels.forEach(model -> model.apply(shop.after(model.checkpoint(), 10_000)));
            look(0, readModels, shop.store().history());
            found.getFirst().forEach(each -> send(each, shop));
        }
        assertThat(found.getFirst()).as("items that are due and not done").isEmpty();
    }
}
