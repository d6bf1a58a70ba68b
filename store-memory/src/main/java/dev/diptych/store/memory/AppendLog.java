package dev.diptych.store.memory;

import java.util.Arrays;
import java.util.List;

/**
 * An append-only list. One thread at a time may append, while any number of threads read without blocking. Items that
 * are appended together become visible together: they are written before the size that includes them is published.
 */
final class AppendLog<T> {

    @SuppressWarnings("unchecked") // never leaves this class
    private volatile T[] slots = (T[]) new Object[0];

    private volatile int size;

    int size() {
        return size;
    }

    // There is one writer at a time, so reading and writing the size need not be atomic.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void append(List<? extends T> items) {
        int needed = size + items.size();
        T[] grown = needed <= slots.length ? slots : Arrays.copyOf(slots, Math.max(needed, 2 * slots.length));
        for (int i = 0; i < items.size(); i++) {
            grown[size + i] = items.get(i);
        }
        slots = grown;
        size = needed;
    }

    /** Returns the last item; there must be one. */
    T last() {
        return slots[size - 1];
    }

    /** Returns a copy of at most {@code limit} items after the first {@code skip}. */
    List<T> read(long skip, int limit) {
        int end = size; // read before the slots, which then contain at least this many items
        if (skip >= end) {
            return List.of();
        }
        int from = (int) skip;
        int to = from + Math.min(limit, end - from);
        return List.of(Arrays.copyOfRange(slots, from, to));
    }
}
