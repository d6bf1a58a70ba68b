package dev.diptych.api.read;

import dev.diptych.core.customers.read.active.ActiveCustomer;
import dev.diptych.core.eventstore.Text;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.read.list.ListOrders;
import dev.diptych.core.orders.read.list.OrderListItem;
import dev.diptych.core.orders.read.sales.GetProductSales;
import dev.diptych.core.orders.read.sales.ProductSales;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Encodes and decodes page cursors, which are opaque to clients. A cursor is valid only in the exact form in which it
 * was issued, and only for the list that issued it: no two lists encode places alike. It contains the history, because
 * in another history the next page could omit or repeat rows.
 */
final class Cursors {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Cursors() {}

    /**
     * The content of a cursor.
     *
     * @param history the history in which the previous page was read
     * @param place the sort key of the last row of that page
     * @param <P> the type of the sort key
     */
    record Bookmark<P>(String history, P place) {}

    static String encode(String history, OrderListItem row) {
        return encode(history, ListOrders.Cursor.of(row));
    }

    private static String encode(String history, ListOrders.Cursor place) {
        return encode(history + " " + place.placedAt() + " " + place.orderId());
    }

    static Optional<Bookmark<ListOrders.Cursor>> decodeOrder(String cursor) {
        return decode(cursor, 3).flatMap(parts -> {
            try {
                var place = new ListOrders.Cursor(Instant.parse(parts[1]), parts[2]);
                // A time has several representations, such as one with an offset; only one of them is issued.
                return Optional.of(new Bookmark<>(parts[0], place))
                        .filter(mark -> encode(mark.history(), place).equals(cursor)
                                && isId(place.orderId())
                                && isOfOurEra(place.placedAt()));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }

    static String encode(String history, ProductSales row) {
        return encode(history, GetProductSales.Cursor.of(row));
    }

    private static String encode(String history, GetProductSales.Cursor place) {
        return encode(history + " " + place.revenue() + " " + place.sku());
    }

    static Optional<Bookmark<GetProductSales.Cursor>> decodeProduct(String cursor) {
        return decode(cursor, 3).flatMap(parts -> {
            try {
                var place = new GetProductSales.Cursor(Money.of(parts[1]), parts[2]);
                // An amount could be written with fewer decimals, and a revenue is never negative.
                return Optional.of(new Bookmark<>(parts[0], place))
                        .filter(mark -> encode(mark.history(), place).equals(cursor)
                                && isId(place.sku())
                                && place.revenue().compareTo(Money.ZERO) >= 0);
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    static String encode(String history, ActiveCustomer row) {
        return encode(history + " " + row.customerId());
    }

    static Optional<Bookmark<String>> decodeCustomer(String cursor) {
        return decode(cursor, 2)
                .map(parts -> new Bookmark<>(parts[0], parts[1]))
                .filter(mark -> isId(mark.place()));
    }

    /** Whether the year is from 1 to 9999: an {@code Instant} has a larger range than the times in a store. */
    private static boolean isOfOurEra(Instant time) {
        return !time.isBefore(FIRST) && time.isBefore(END);
    }

    private static boolean isId(String text) {
        return Text.ID.matcher(text).matches();
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
