package dev.diptych.store.memory;

import dev.diptych.core.eventstore.Place;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.query.Answer;
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
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * The rows of one projection in memory, by key and in list order. Folding a batch does not block readers. The resulting
 * rows are published atomically; a reader that overlaps with a publication retries, so that it sees whole batches only.
 * Thread-safe.
 *
 * @param <K> the sort key of the rows; unique for each row
 * @param <R> the type of the rows
 */
public final class MemoryReadModel<K, R> implements ReadModelStore {

    private static final int OPTIMISTIC_READS = 3;

    private final String history;
    private final Projection<?, R> projection;
    private final Function<R, K> sortKey;
    private final Map<String, R> byKey = new ConcurrentHashMap<>();
    private final NavigableMap<K, R> sorted;
    private final Optional<ToLongFunction<R>> position;
    private final NavigableMap<Long, R> changes = new ConcurrentSkipListMap<>();

    private final ReentrantLock applying = new ReentrantLock();
    private final StampedLock publishing = new StampedLock();
    private volatile long checkpoint;

    /**
     * Creates an empty read model.
     *
     * @param history the history of the event store
     */
    public MemoryReadModel(
            String history, Projection<?, R> projection, Function<R, K> sortKey, Comparator<? super K> order) {
        this(history, projection, sortKey, order, Optional.empty());
    }

    /**
     * Creates an empty read model that also supports {@link #changes}.
     *
     * @param history the history of the event store
     * @param position returns the position that a row reflects; unique for each row
     */
    public MemoryReadModel(
            String history,
            Projection<?, R> projection,
            Function<R, K> sortKey,
            Comparator<? super K> order,
            ToLongFunction<R> position) {
        this(history, projection, sortKey, order, Optional.of(position));
    }

    private MemoryReadModel(
            String history,
            Projection<?, R> projection,
            Function<R, K> sortKey,
            Comparator<? super K> order,
            Optional<ToLongFunction<R>> position) {
        this.history = history;
        this.projection = projection;
        this.sortKey = sortKey;
        this.sorted = new ConcurrentSkipListMap<>(order);
        this.position = position;
    }

    /** Returns the row with this key; empty when there is none. */
    public Answer<Optional<R>> find(String key) {
        return read(() -> Optional.ofNullable(byKey.get(key)));
    }

    /** Returns a page of the matching rows in list order, after a sort key if one is given. */
    public Answer<Page<R>> list(Optional<K> after, Predicate<R> matches, int limit) {
        return read(() -> {
            Map<K, R> rest =
                    after.<Map<K, R>>map(key -> sorted.tailMap(key, false)).orElse(sorted);
            return Page.of(
                    rest.values().stream().filter(matches).limit(limit + 1L).toList(), limit);
        });
    }

    /**
     * Returns the rows that reflect a position greater than {@code after}, in position order; none without a position
     * function.
     */
    public Answer<List<R>> changes(long after, int limit) {
        return read(() ->
                changes.tailMap(after, false).values().stream().limit(limit).toList());
    }

    @Override
    public String projection() {
        return projection.name();
    }

    @Override
    public long checkpoint() {
        return checkpoint;
    }

    @Override
    public boolean apply(Batch batch) {
        applying.lock();
        try {
            if (checkpoint != batch.after() || !batch.history().equals(history)) {
                return false;
            }
            Map<String, Optional<R>> changes = batch.fold(projection, this::load);
            publish(() -> {
                changes.forEach(this::put);
                checkpoint = batch.through();
            });
            return true;
        } finally {
            applying.unlock();
        }
    }

    @Override
    public void reset() {
        applying.lock();
        try {
            publish(() -> {
                byKey.clear();
                sorted.clear();
                changes.clear();
                checkpoint = 0;
            });
        } finally {
            applying.unlock();
        }
    }

    private Map<String, R> load(Set<String> keys) {
        Map<String, R> rows = new HashMap<>();
        keys.forEach(key -> Optional.ofNullable(byKey.get(key)).ifPresent(row -> rows.put(key, row)));
        return rows;
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

    private void publish(Runnable change) {
        long stamp = publishing.writeLock();
        try {
            change.run();
        } finally {
            publishing.unlockWrite(stamp);
        }
    }

    /** Reads optimistically, and retries after a concurrent publication; the last attempt takes a read lock. */
    private <T> Answer<T> read(Supplier<T> query) {
        for (int i = 0; i < OPTIMISTIC_READS; i++) {
            long stamp = publishing.tryOptimisticRead();
            Answer<T> seen = answer(query);
            if (publishing.validate(stamp)) {
                return seen;
            }
        }
        long stamp = publishing.readLock();
        try {
            return answer(query);
        } finally {
            publishing.unlockRead(stamp);
        }
    }

    private <T> Answer<T> answer(Supplier<T> query) {
        return new Answer<>(query.get(), new Place(history, checkpoint));
    }
}
