package dev.diptych.store.memory;

import java.util.Arrays;
import java.util.List;

/**
 * A list that only grows. One thread at a time may append; any number may read meanwhile, and none of them waits. What
 * is appended together is seen together: the items are in place before the size that counts them is published.
 */
final class AppendLog<T> {

    private volatile Object[] slots = new Object[4];
    private volatile int size;

    int size() {
        return size;
    }

    // One thread at a time writes, so that reading the size and writing it need not be one step.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void append(List<? extends T> items) {
        int needed = size + items.size();
        Object[] room = needed <= slots.length ? slots : Arrays.copyOf(slots, Math.max(needed, 2 * slots.length));
        for (int i = 0; i < items.size(); i++) {
            room[size + i] = items.get(i);
        }
        slots = room;
        size = needed;
    }

    /** The items after the first {@code skip}, at most {@code limit}, in a list of their own. */
    List<T> read(long skip, int limit) {
        int end = size; // before the slots: what it counts is then in them
        if (skip >= end) {
            return List.of();
        }
        int from = (int) skip;
        int to = from + Math.min(limit, end - from);
        @SuppressWarnings("unchecked") // only append() fills the slots
        var items = (List<T>) List.of(Arrays.copyOfRange(slots, from, to));
        return items;
    }
}
