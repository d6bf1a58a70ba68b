package dev.diptych.core.orders.read.sales;

import dev.diptych.core.money.Money;
import dev.diptych.core.query.Page;
import dev.diptych.core.query.Query;
import java.util.Optional;

/**
 * Gets the sales of each product, highest revenue first, page by page. An order counts from when it is placed until it
 * is cancelled.
 *
 * @param after the last product of the previous page; empty for the first page
 * @param limit the maximum number of products, 1 to {@link Page#MAX_LIMIT}
 */
public record GetProductSales(Optional<Cursor> after, int limit) implements Query<Page<ProductSales>> {

    /**
     * Validates the limit.
     *
     * @throws IllegalArgumentException when it is out of range
     */
    public GetProductSales {
        Page.requireLimit(limit);
    }

    @Override
    public String projection() {
        return ProductSalesProjection.NAME;
    }

    /** The position of a product in the list (keyset pagination). A sale moves the product, but not the cursor. */
    public record Cursor(Money revenue, String sku) {

        /** Returns the cursor of a row. */
        public static Cursor of(ProductSales row) {
            return new Cursor(row.revenue(), row.sku());
        }
    }
}
