package dev.diptych.core.orders.read;

import dev.diptych.core.bus.Page;
import dev.diptych.core.projection.Answer;

/** Where the rows of {@link ProductSalesProjection} are read. Implementations are safe for use by many threads. */
public interface ProductSalesList {

    /**
     * One page of products, highest revenue first; of two with the same, the smaller sku first, in the order of
     * {@link String#compareTo}.
     */
    Answer<Page<ProductSales>> list(GetProductSales query);
}
