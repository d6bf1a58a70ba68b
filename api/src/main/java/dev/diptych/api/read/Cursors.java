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
 * Cursors as clients see them: text that says nothing to them, so that they do not build their own. What comes back must
 * be exactly what was given out, and by the same list: the places of no two lists look alike. In another history of the
 * store, a page that goes on after a cursor might leave out rows, or show some again.
 */
final class Cursors {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Cursors() {}

    /**
     * What a cursor says.
     *
     * @param history the history in which the page before was read
     * @param place where it ended
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
                // One time can be written in many ways, with an offset for example; only one of them was given out.
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
                // One amount can be written with fewer decimals; and no revenue is negative.
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

    /** Years with four digits: an {@code Instant} goes further than what a store can compare. */
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
