package dev.diptych.store.memory;

import dev.diptych.core.automation.Automation;
import dev.diptych.core.automation.Item;
import dev.diptych.core.automation.TodoList;
import dev.diptych.core.automation.TodoProjection;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.query.Answer;
import dev.diptych.core.query.Page;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A to-do list in memory. Thread-safe.
 *
 * @param <W> the type of what there is to do
 */
public final class MemoryTodoList<W> implements TodoList<W> {

    private record Due(Instant at, String key) {}

    private static final Comparator<Due> FIRST_DUE =
            Comparator.comparing(Due::at).thenComparing(Due::key);

    private final MemoryReadModel<Due, Item<W>> rows;
    private final InstantSource clock;

    /**
     * Creates an empty list.
     *
     * @param history the history of the event store
     * @param clock the event store's clock
     */
    public MemoryTodoList(String history, InstantSource clock, Automation<?, W> automation) {
        this.rows = new MemoryReadModel<>(
                history,
                new TodoProjection<>(automation),
                item -> new Due(item.task().dueAt(), item.key()),
                FIRST_DUE);
        this.clock = clock;
    }

    /** Returns the read model of the list. */
    public ReadModelStore readModel() {
        return rows;
    }

    @Override
    public Open<W> open(Set<String> without, int limit) {
        Answer<Page<Item<W>>> found =
                list(item -> isOpen(item) && !without.contains(item.task().aggregate()), limit);
        return new Open<>(
                found.value().items(),
                found.upTo(),
                found.generation(),
                rows.generations().version(),
                clock.instant());
    }

    private static boolean isOpen(Item<?> item) {
        return item.parked().isEmpty();
    }

    private Answer<Page<Item<W>>> list(Predicate<Item<W>> matches, int limit) {
        return rows.list(Optional.empty(), matches, limit);
    }

    @Override
    public List<Item<W>> parked(String after, int limit) {
        return list(item -> !isOpen(item) && item.key().compareTo(after) > 0, Integer.MAX_VALUE - 1)
                .value()
                .items()
                .stream()
                .sorted(Comparator.comparing(Item::key))
                .limit(limit)
                .toList();
    }

    @Override
    public Counts count() {
        return new Counts(count(MemoryTodoList::isOpen), count(item -> !isOpen(item)));
    }

    private int count(Predicate<Item<W>> matches) {
        return list(matches, MAX_COUNT).value().items().size();
    }
}
