package dev.diptych.store.memory;

import dev.diptych.core.bus.Page;
import dev.diptych.core.eventstore.Place;
import dev.diptych.core.projection.Answer;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.ReadModelStore;
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
 * The rows of one projection in memory, by key and in the order in which they are listed. A batch is folded without
 * holding up anybody; only while its finished rows are put in place may a reader have to look again, so that it sees
 * whole batches. All methods are safe for use by many threads.
 *
 * @param <K> what the rows are sorted by; no two rows may have the same
 * @param <R> the rows
 */
public final class MemoryReadModel<K, R> implements ReadModelStore {

    private static final int OPTIMISTIC_LOOKS = 3;

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
     * An empty read model.
     *
     * @param history the one history of the events that it is made of
     */
    public MemoryReadModel(
            String history, Projection<?, R> projection, Function<R, K> sortKey, Comparator<? super K> order) {
        this(history, projection, sortKey, order, Optional.empty());
    }

    /**
     * An empty read model that can also be asked for changes.
     *
     * @param history the one history of the events that it is made of
     * @param position the position that a row reflects; no two rows may have the same
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

    /** The row with this key. */
    public Answer<Optional<R>> find(String key) {
        return read(() -> Optional.ofNullable(byKey.get(key)));
    }

    /** The rows that match, in order, after a place in it. */
    public Answer<Page<R>> list(Optional<K> after, Predicate<R> matches, int limit) {
        return read(() -> {
            Map<K, R> rest =
                    after.<Map<K, R>>map(key -> sorted.tailMap(key, false)).orElse(sorted);
            return Page.of(
                    rest.values().stream().filter(matches).limit(limit + 1L).toList(), limit);
        });
    }

    /** The rows that reflect a later position, in the order of their positions; none when these are not known. */
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

    /** Looks without a lock, and again if something was published meanwhile; at last it makes the publisher wait. */
    private <T> Answer<T> read(Supplier<T> look) {
        for (int i = 0; i < OPTIMISTIC_LOOKS; i++) {
            long stamp = publishing.tryOptimisticRead();
            Answer<T> seen = answer(look);
            if (publishing.validate(stamp)) {
                return seen;
            }
        }
        long stamp = publishing.readLock();
        try {
            return answer(look);
        } finally {
            publishing.unlockRead(stamp);
        }
    }

    private <T> Answer<T> answer(Supplier<T> look) {
        return new Answer<>(look.get(), new Place(history, checkpoint));
    }
}
