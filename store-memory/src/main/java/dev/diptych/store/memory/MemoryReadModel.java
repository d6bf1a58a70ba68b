package dev.diptych.store.memory;

import dev.diptych.core.eventstore.Place;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Generations;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.query.Answer;
import dev.diptych.core.query.Page;
import dev.diptych.store.memory.MemoryGenerations.Generation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
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
    private final ReentrantLock applying = new ReentrantLock();
    private final StampedLock publishing = new StampedLock();
    private final MemoryGenerations<K, R> generations;

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
        this.generations = new MemoryGenerations<>(
                projection.version(), () -> new MemoryRows<>(sortKey, order, position), applying);
    }

    /** Returns the row with this key; empty when there is none. */
    public Answer<Optional<R>> find(String key) {
        return read(rows -> rows.find(key));
    }

    /** Returns a page of the matching rows in list order, after a sort key if one is given. */
    public Answer<Page<R>> list(Optional<K> after, Predicate<R> matches, int limit) {
        return read(rows -> rows.list(after, matches, limit));
    }

    /**
     * Returns the rows that reflect a position greater than {@code after}, in position order; none without a position
     * function.
     */
    public Answer<List<R>> changes(long after, int limit) {
        return read(rows -> rows.changes(after, limit));
    }

    @Override
    public String projection() {
        return projection.name();
    }

    @Override
    public long checkpoint() {
        return generations.serving().rows().checkpoint();
    }

    @Override
    public boolean apply(Batch batch) {
        applying.lock();
        try {
            return applyTo(generations.serving().rows(), batch, this::publish);
        } finally {
            applying.unlock();
        }
    }

    @Override
    public boolean apply(Batch batch, int generation) {
        applying.lock();
        try {
            return generations
                    .copy(generation)
                    .filter(rows -> applyTo(rows, batch, Runnable::run))
                    .isPresent();
        } finally {
            applying.unlock();
        }
    }

    private boolean applyTo(MemoryRows<K, R> rows, Batch batch, Consumer<Runnable> publisher) {
        if (rows.checkpoint() != batch.after() || !batch.history().equals(history)) {
            return false;
        }
        Map<String, Optional<R>> changes = batch.fold(projection, rows::load);
        batch.beforeCommit().run();
        publisher.accept(() -> rows.change(changes, batch.through()));
        return true;
    }

    @Override
    public Generations generations() {
        return generations;
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
    private <T> Answer<T> read(Function<MemoryRows<K, R>, T> query) {
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

    private <T> Answer<T> answer(Function<MemoryRows<K, R>, T> query) {
        Generation<K, R> serving = generations.serving();
        T value = query.apply(serving.rows());
        return new Answer<>(value, new Place(history, serving.rows().checkpoint()), serving.number());
    }
}
