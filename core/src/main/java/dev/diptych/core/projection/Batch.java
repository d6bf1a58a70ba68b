package dev.diptych.core.projection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Events to apply to one read model in one step.
 *
 * @param after the checkpoint that the read model must have, or another runner was faster
 * @param events all that come after it and up to the last of them, of whatever kind, in position order
 * @param history the history in which they were read, and in which alone they may be applied
 */
public record Batch(long after, List<PublishedEvent<?>> events, String history) {

    /** Keeps a copy that cannot be changed. */
    public Batch {
        events = List.copyOf(events);
    }

    /**
     * The checkpoint that the read model will have. It is the position of an event: a position that no event has yet
     * may still be given to one, even one that was drawn before.
     */
    public long through() {
        return events.isEmpty() ? after : events.getLast().position();
    }

    /** The part of this batch that lies before a position. */
    public Batch before(long position) {
        return new Batch(
                after,
                events.stream().filter(event -> event.position() < position).toList(),
                history);
    }

    /**
     * Folds the batch in memory: loads the touched rows at once, and says what is to be written at once.
     *
     * @param <E> the events that the projection follows
     * @param <R> its rows
     * @param load the rows that exist under the given keys
     * @return what each touched key becomes: a row, or empty where there is to be none any more
     * @throws PoisonedEventException when the projection fails on an event
     */
    public <E, R> Map<String, Optional<R>> fold(
            Projection<E, R> projection, Function<Set<String>, Map<String, R>> load) {
        List<Touch<E>> touches = touches(projection);
        Map<String, Optional<R>> rows = new LinkedHashMap<>(); // in the order of the events, as indexes like it
        touches.forEach(touch -> touch.keys().forEach(key -> rows.put(key, Optional.empty())));
        if (rows.isEmpty()) {
            return Map.of();
        }
        load.apply(Collections.unmodifiableSet(rows.keySet())).forEach((key, row) -> rows.put(key, Optional.of(row)));
        for (Touch<E> touch : touches) {
            for (String key : touch.keys()) {
                rows.compute(key, (same, row) -> evolve(projection, key, row, touch.published()));
            }
        }
        return rows;
    }

    private <E> List<Touch<E>> touches(Projection<E, ?> projection) {
        List<Touch<E>> touches = new ArrayList<>(events.size());
        for (PublishedEvent<?> published : events) {
            if (projection.eventType().isInstance(published.event())) {
                touches.add(touch(projection, published));
            }
        }
        return touches;
    }

    private static <E> Touch<E> touch(Projection<E, ?> projection, PublishedEvent<?> published) {
        E event = projection.eventType().cast(published.event());
        try {
            return new Touch<>(
                    new PublishedEvent<>(event, published.version(), published.position()), projection.keysOf(event));
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

    private record Touch<E>(PublishedEvent<E> published, Set<String> keys) {}
}
