package dev.diptych.core.orders.write;

import dev.diptych.core.bus.Require;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderItem;
import java.time.Instant;
import java.util.List;

/**
 * Order something.
 *
 * @param orderId an id that the customer chose, or that was made for it
 * @param customerId who orders
 * @param items what to order: 1 to {@value #MAX_ITEMS} lines
 * @param placedAt when
 */
public record PlaceOrder(String orderId, String customerId, List<OrderItem> items, Instant placedAt)
        implements OrderCommand {

    /** The most lines of one order. */
    public static final int MAX_ITEMS = 100;

    /** The most units of one line. */
    public static final int MAX_QUANTITY = 10_000;

    /** The highest price of one unit; the lowest is nothing. */
    public static final Money MAX_UNIT_PRICE = Money.of("1000000");

    /**
     * Keeps a copy of the items that cannot be changed.
     *
     * @throws IllegalArgumentException when an id is malformed or a number is out of its range
     */
    public PlaceOrder {
        Require.id("order id", orderId);
        Require.id("customer id", customerId);
        items = List.copyOf(items);
        Require.range("number of items", items.size(), 1, MAX_ITEMS);
        for (OrderItem item : items) {
            Require.id("sku", item.sku());
            Require.range("quantity", item.quantity(), 1, MAX_QUANTITY);
            Require.range("unit price", item.unitPrice(), Money.ZERO, MAX_UNIT_PRICE);
        }
    }
}
