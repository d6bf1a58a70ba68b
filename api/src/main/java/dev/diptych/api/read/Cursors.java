package dev.diptych.api.read;

import dev.diptych.core.bus.Require;
import dev.diptych.core.orders.read.ListOrders;
import dev.diptych.core.orders.read.OrderListItem;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Cursors as clients see them: text that says nothing to them, so that they do not build their own. What comes back must
 * be exactly what was given out.
 */
final class Cursors {

    private Cursors() {}

    static String encode(OrderListItem row) {
        return encode(ListOrders.Cursor.of(row));
    }

    private static String encode(ListOrders.Cursor place) {
        return encode(place.placedAt() + " " + place.orderId());
    }

    static Optional<ListOrders.Cursor> decodeOrder(String cursor) {
        return decode(cursor, 2).flatMap(parts -> {
            try {
                var place = new ListOrders.Cursor(Instant.parse(parts[0]), parts[1]);
                // One time can be written in many ways, with an offset for example; only one of them was given out.
                return Optional.of(place)
                        .filter(p -> encode(p).equals(cursor)
                                && Require.ID.matcher(p.orderId()).matches());
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }

    private static String encode(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String[]> decode(String cursor, int parts) {
        try {
            String place = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            String[] split = place.split(" ", -1);
            return split.length == parts && encode(place).equals(cursor) ? Optional.of(split) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
