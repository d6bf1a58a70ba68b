package dev.diptych.core.automation;

import dev.diptych.core.automation.Automation.Task;
import dev.diptych.core.automation.events.AutomationEvent;
import dev.diptych.core.automation.events.AutomationEvent.ItemDismissed;
import dev.diptych.core.automation.events.AutomationEvent.ItemParked;
import dev.diptych.core.automation.events.AutomationEvent.ItemRetried;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.PublishedEvent;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The to-do list of an automation. It also folds the events about parked items, so that a rebuild keeps them.
 * Immutable.
 *
 * @param <E> the type of the automation's events
 * @param <W> the type of what there is to do
 */
public record TodoProjection<E, W>(Automation<E, W> automation) implements Projection<Object, Item<W>> {

    @Override
    public String name() {
        return automation.name();
    }

    @Override
    public int version() {
        return automation.version();
    }

    @Override
    public Class<Object> eventType() {
        return Object.class;
    }

    @Override
    public boolean concerns(String category) {
        return category.equals(AutomationEvent.CATEGORY) || automation.concerns(category);
    }

    @Override
    public Set<String> keysOf(Object event) {
        if (event instanceof AutomationEvent about) {
            return about.automation().equals(name()) ? Set.of(about.key()) : Set.of();
        }
        return automation.eventType().isInstance(event)
                ? automation.keysOf(automation.eventType().cast(event))
                : Set.of();
    }

    @Override
    public @Nullable Item<W> evolve(String key, @Nullable Item<W> row, PublishedEvent<Object> published) {
        return published.event() instanceof AutomationEvent about
                ? evolve(row, about, published.position())
                : evolve(key, row, automation.eventType().cast(published.event()), published);
    }

    /** An event about an item that has changed since, or was ticked off, changes nothing. */
    private @Nullable Item<W> evolve(@Nullable Item<W> row, AutomationEvent about, long position) {
        if (row == null || row.opened() != about.opened()) {
            return row;
        }
        return switch (about) {
            case ItemParked parked -> row.park(parked.reason(), position);
            case ItemRetried retried -> row.retry(position);
            case ItemDismissed dismissed -> null;
        };
    }

    private @Nullable Item<W> evolve(String key, @Nullable Item<W> row, E event, PublishedEvent<?> published) {
        Task<W> task = automation.evolve(key, row == null ? null : row.task(), event);
        if (task == null || (row != null && row.task().equals(task))) {
            return task == null ? null : row;
        }
        return new Item<>(
                key, task, published.position(), published.metadata(), Optional.empty(), published.position());
    }
}
