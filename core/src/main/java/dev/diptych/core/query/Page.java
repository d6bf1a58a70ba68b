package dev.diptych.core.query;

import java.util.List;

/**
 * One page of a list.
 *
 * @param <T> the type of the items
 * @param items in the order of the view
 * @param more whether more items follow
 */
public record Page<T>(List<T> items, boolean more) {

    /** The maximum number of items on one page. */
    public static final int MAX_LIMIT = 200;

    /** Copies the items into an unmodifiable list. */
    public Page {
        items = List.copyOf(items);
    }

    /**
     * Makes a page of at most {@code limit} items from rows that were read with a limit of {@code limit + 1}. The extra
     * row shows that more items follow.
     *
     * @param <T> the type of the items
     */
    public static <T> Page<T> of(List<T> rows, int limit) {
        boolean more = rows.size() > limit;
        return new Page<>(more ? rows.subList(0, limit) : rows, more);
    }

    /**
     * Validates the limit of a query.
     *
     * @throws IllegalArgumentException when it is not from 1 to {@value #MAX_LIMIT}
     */
    public static void requireLimit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("The limit must be from 1 to " + MAX_LIMIT + ", but is " + limit);
        }
    }
}
