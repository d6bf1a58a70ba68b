package dev.diptych.core.orders.read;

import dev.diptych.core.bus.Page;
import dev.diptych.core.bus.Query;
import dev.diptych.core.bus.Require;
import dev.diptych.core.money.Money;
import java.util.Optional;

/**
 * What has been sold of each product, highest revenue first, page by page. Orders count from when they are placed, and
 * no longer when they are cancelled.
 *
 * @param after only those that come after this one, which ended the page before
 * @param limit the most products to return, 1 to {@value #MAX_LIMIT}
 */
public record GetProductSales(Optional<Cursor> after, int limit) implements Query<Page<ProductSales>> {

    /** The most products on one page. */
    public static final int MAX_LIMIT = 200;

    /**
     * Checks the limit.
     *
     * @throws IllegalArgumentException when it is out of range
     */
    public GetProductSales {
        Require.range("limit", limit, 1, MAX_LIMIT);
    }

    @Override
    public String projection() {
        return ProductSalesProjection.NAME;
    }

    /** The place of a product in the list. A product moves when it is sold; the pages that follow a place do not. */
    public record Cursor(Money revenue, String sku) {

        /** The place of a row. */
        public static Cursor of(ProductSales row) {
            return new Cursor(row.revenue(), row.sku());
        }
    }
}
