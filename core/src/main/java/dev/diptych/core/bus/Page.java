package dev.diptych.core.bus;

import java.util.List;

/**
 * A part of a long answer.
 *
 * @param <T> the type of the items
 * @param items in the order of the view
 * @param more whether there is more after the last of them
 */
public record Page<T>(List<T> items, boolean more) {

    /** Keeps a copy that cannot be changed. */
    public Page {
        items = List.copyOf(items);
    }

    /**
     * Makes a page of {@code limit} items out of rows of which one more was asked for, to see whether it is there.
     *
     * @param <T> the type of the items
     */
    public static <T> Page<T> of(List<T> rows, int limit) {
        boolean more = rows.size() > limit;
        return new Page<>(more ? rows.subList(0, limit) : rows, more);
    }
}
