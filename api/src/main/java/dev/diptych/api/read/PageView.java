package dev.diptych.api.read;

import dev.diptych.core.bus.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A page of a list as JSON; the cursor is null on the last one. */
record PageView<V>(List<V> items, @Nullable String nextCursor) {

    static <T, V> PageView<V> of(Page<T> page, Function<T, V> view, Function<T, String> cursor) {
        return new PageView<>(
                page.items().stream().map(view).toList(),
                page.more() ? cursor.apply(page.items().getLast()) : null);
    }
}
