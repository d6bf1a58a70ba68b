package dev.diptych.store.memory;

import dev.diptych.core.query.Page;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The rows of one generation, by key, in list order and by position, with their checkpoint. Reads are safe while
 * another thread writes, but may see a part of its changes.
 *
 * @param <K> the sort key of the rows; unique for each row
 * @param <R> the type of the rows
 */
final class MemoryRows<K, R> {

    private final Function<R, K> sortKey;
    private final Optional<ToLongFunction<R>> position;
    private final Map<String, R> byKey = new ConcurrentHashMap<>();
    private final NavigableMap<K, R> sorted;
    private final NavigableMap<Long, R> changes = new ConcurrentSkipListMap<>();

    private volatile long checkpoint;

    MemoryRows(Function<R, K> sortKey, Comparator<? super K> order, Optional<ToLongFunction<R>> position) {
        this.sortKey = sortKey;
        this.sorted = new ConcurrentSkipListMap<>(order);
        this.position = position;
    }

    long checkpoint() {
        return checkpoint;
    }

    Optional<R> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    Page<R> list(Optional<K> after, Predicate<R> matches, int limit) {
        Map<K, R> rest = after.<Map<K, R>>map(key -> sorted.tailMap(key, false)).orElse(sorted);
        return Page.of(rest.values().stream().filter(matches).limit(limit + 1L).toList(), limit);
    }

    List<R> changes(long after, int limit) {
        return changes.tailMap(after, false).values().stream().limit(limit).toList();
    }

    Map<String, R> load(Set<String> keys) {
        Map<String, R> rows = new HashMap<>();
        keys.forEach(key -> find(key).ifPresent(row -> rows.put(key, row)));
        return rows;
    }

    Map<String, R> all() {
        return byKey;
    }

    void change(Map<String, Optional<R>> rows, long through) {
        rows.forEach(this::put);
        checkpoint = through;
    }

    private void put(String key, Optional<R> row) {
        R old = row.isPresent() ? byKey.put(key, row.get()) : byKey.remove(key);
        row.ifPresent(next -> sorted.put(sortKey.apply(next), next));
        Optional<K> place = row.map(sortKey);
        if (old != null && !place.equals(Optional.of(sortKey.apply(old)))) {
            sorted.remove(sortKey.apply(old), old);
        }
        position.ifPresent(of -> {
            if (old != null) {
                changes.remove(of.applyAsLong(old), old);
            }
            row.ifPresent(next -> changes.put(of.applyAsLong(next), next));
        });
    }
}
