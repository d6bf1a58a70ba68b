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
record PageResponse<V>(List<V> items, @Nullable String nextCursor) {

    static <T, V> PageResponse<V> of(
            Answer<Page<T>> answer, Function<T, V> response, BiFunction<String, T, String> cursor) {
        Page<T> page = answer.value();
        return new PageResponse<>(
                page.items().stream().map(response).toList(),
                page.more() ? cursor.apply(answer.upTo().history(), page.items().getLast()) : null);
    }
}
