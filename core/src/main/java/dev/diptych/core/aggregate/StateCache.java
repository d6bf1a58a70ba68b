package dev.diptych.core.aggregate;

import dev.diptych.core.eventstore.AppendResult.Receipt;
import dev.diptych.core.eventstore.StreamName;
import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The states of the aggregates that were used last. An entry was read from the store, or its append was acknowledged;
 * it may be out of date. The number of entries is bounded, and the garbage collector may remove any of them when memory
 * is short. Thread-safe.
 *
 * @param <S> the state, immutable
 */
final class StateCache<S> {

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();

    /** In the order of the last use. */
    private final Map<StreamName, SoftReference<Entry<S>>> entries = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * A state of an aggregate.
     *
     * @param receipt of the last event that is in the state
     */
    record Entry<S>(S state, Receipt receipt) {

        boolean isNewerThan(Entry<S> other) {
            return receipt.history().equals(other.receipt.history()) && receipt.version() > other.receipt.version();
        }
    }

    StateCache(int capacity) {
        this.capacity = capacity;
    }

    Optional<Entry<S>> find(StreamName stream) {
        lock.lock();
        try {
            return Optional.ofNullable(entries.get(stream)).map(SoftReference::get);
        } finally {
            lock.unlock();
        }
    }

    /** Keeps a state, unless a newer one of the same history is there. */
    void put(Entry<S> entry) {
        lock.lock();
        try {
            StreamName stream = entry.receipt().stream();
            if (find(stream).filter(present -> present.isNewerThan(entry)).isEmpty()) {
                entries.put(stream, new SoftReference<>(entry));
            }
            if (entries.size() > capacity) {
                entries.remove(entries.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    void remove(StreamName stream) {
        lock.lock();
        try {
            entries.remove(stream);
        } finally {
            lock.unlock();
        }
    }
}
