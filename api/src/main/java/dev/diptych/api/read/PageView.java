package dev.diptych.api.read;

import dev.diptych.core.query.Answer;
import dev.diptych.core.query.Page;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list, as JSON.
 *
 * @param nextCursor the cursor of the next page; null on the last page
 */
record PageView<V>(List<V> items, @Nullable String nextCursor) {

    static <T, V> PageView<V> of(Answer<Page<T>> answer, Function<T, V> view, BiFunction<String, T, String> cursor) {
        Page<T> page = answer.value();
        return new PageView<>(
                page.items().stream().map(view).toList(),
                page.more() ? cursor.apply(answer.upTo().history(), page.items().getLast()) : null);
    }
}
