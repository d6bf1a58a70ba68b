package dev.diptych.core.orders.read.sales;

import dev.diptych.core.query.Answer;
import dev.diptych.core.query.Page;

/** Reads the rows of {@link ProductSalesProjection}: a port that each store implements. Thread-safe. */
public interface ProductSalesList {

    /**
     * Returns one page of products by descending revenue, then by ascending sku in the order of
     * {@link String#compareTo}.
     */
    Answer<Page<ProductSales>> list(GetProductSales query);
}
