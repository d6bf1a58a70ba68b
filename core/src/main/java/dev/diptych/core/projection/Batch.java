package dev.diptych.core.projection;

import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.UnreadableEventException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Events that are applied to one read model in one step.
 *
 * @param after the checkpoint that the read model must have; otherwise the batch is not applied
 * @param events every event after that checkpoint up to the last of these, of every type, in position order
 * @param history the history in which the events were read; they may be applied in no other
 * @param beforeCommit called by the store when rows and checkpoint are written, and not yet committed; if it throws,
 *     nothing has changed
 */
public record Batch(long after, List<PublishedEvent<?>> events, String history, Runnable beforeCommit) {

    @SuppressWarnings("UnnecessaryLambda") // one instance, so that batches of the same events are equal
    private static final Runnable NOTHING = () -> {};

    /** Copies the events into an unmodifiable list. */
    public Batch {
        events = List.copyOf(events);
    }

    /** Creates a batch that is committed without a further call. */
    public Batch(long after, List<PublishedEvent<?>> events, String history) {
        this(after, events, history, NOTHING);
    }

    /** Returns a copy with another action before the commit. */
    public Batch beforeCommit(Runnable action) {
        return new Batch(after, events, history, action);
    }

    /**
     * The checkpoint after the batch. It is always the position of a committed event, because an unused position may
     * still be assigned to an event, even when a failed append drew it before.
     */
    public long through() {
        return events.isEmpty() ? after : events.getLast().position();
    }

    /** Returns the part of this batch before a position. */
    public Batch before(long position) {
        return new Batch(
                after,
                events.stream().filter(event -> event.position() < position).toList(),
                history,
                beforeCommit);
    }

    /** Takes the place of an event that cannot be read. */
    record Unreadable(RecordedEvent event, UnreadableEventException reason) {}

    /**
     * Folds the batch in memory. All affected rows are loaded in one call, and all changes are returned together.
     *
     * @param <E> the type of the projection's events
     * @param <R> the type of its rows
     * @param load returns the existing rows for a set of keys
     * @return each affected key with its new row, or with empty when the row is to be deleted
     * @throws PoisonedEventException when the projection fails on an event, or concerns one that cannot be read
     */
    public <E, R> Map<String, Optional<R>> fold(
            Projection<E, R> projection, Function<Set<String>, Map<String, R>> load) {
        List<KeyedEvent<E>> keyedEvents = keyedEvents(projection);
        Map<String, Optional<R>> rows = new LinkedHashMap<>(); // in event order, for index locality
        keyedEvents.forEach(event -> event.keys().forEach(key -> rows.put(key, Optional.empty())));
        if (rows.isEmpty()) {
            return Map.of();
        }
        load.apply(Collections.unmodifiableSet(rows.keySet())).forEach((key, row) -> rows.put(key, Optional.of(row)));
        for (KeyedEvent<E> event : keyedEvents) {
            for (String key : event.keys()) {
                rows.compute(key, (same, row) -> evolve(projection, key, row, event.published()));
            }
        }
        return rows;
    }

    private <E> List<KeyedEvent<E>> keyedEvents(Projection<E, ?> projection) {
        List<KeyedEvent<E>> keyedEvents = new ArrayList<>(events.size());
        for (PublishedEvent<?> published : events) {
            if (published.event() instanceof Unreadable unreadable) {
                requireUnconcerned(projection, unreadable);
            } else if (projection.eventType().isInstance(published.event())) {
                keyedEvents.add(withKeys(projection, published));
            }
        }
        return keyedEvents;
    }

    private static void requireUnconcerned(Projection<?, ?> projection, Unreadable unreadable) {
        RecordedEvent event = unreadable.event();
        if (projection.concerns(event.stream().category())) {
            throw new PoisonedEventException(event.position(), event.type(), unreadable.reason());
        }
    }

    private static <E> KeyedEvent<E> withKeys(Projection<E, ?> projection, PublishedEvent<?> published) {
        E event = projection.eventType().cast(published.event());
        try {
            return new KeyedEvent<>(
                    new PublishedEvent<>(event, published.version(), published.position(), published.metadata()),
                    projection.keysOf(event));
        } catch (RuntimeException e) {
            throw new PoisonedEventException(published, e);
        }
    }

    private static <E, R> Optional<R> evolve(
            Projection<E, R> projection, String key, Optional<R> row, PublishedEvent<E> published) {
        try {
            return Optional.ofNullable(projection.evolve(key, row.orElse(null), published));
        } catch (RuntimeException e) {
            throw new PoisonedEventException(published, e);
        }
    }

    private record KeyedEvent<E>(PublishedEvent<E> published, Set<String> keys) {}
}
