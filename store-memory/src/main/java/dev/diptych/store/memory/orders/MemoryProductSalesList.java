package dev.diptych.store.memory.orders;

import dev.diptych.core.bus.Page;
import dev.diptych.core.orders.read.GetProductSales;
import dev.diptych.core.orders.read.GetProductSales.Cursor;
import dev.diptych.core.orders.read.ProductSales;
import dev.diptych.core.orders.read.ProductSalesList;
import dev.diptych.core.orders.read.ProductSalesProjection;
import dev.diptych.core.projection.Answer;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.memory.MemoryReadModel;
import java.util.Comparator;

/** What has been sold of each product, in memory. Safe for use by many threads. */
public final class MemoryProductSalesList implements ProductSalesList {

    private static final Comparator<Cursor> HIGHEST_FIRST =
            Comparator.comparing(Cursor::revenue).reversed().thenComparing(Cursor::sku);

    private final MemoryReadModel<Cursor, ProductSales> rows;

    /**
     * Without rows yet.
     *
     * @param history the one history of the events that they are made of
     */
    public MemoryProductSalesList(String history) {
        rows = new MemoryReadModel<>(history, new ProductSalesProjection(), Cursor::of, HIGHEST_FIRST);
    }

    /** What keeps the rows up to date. */
    public ReadModelStore readModel() {
        return rows;
    }

    @Override
    public Answer<Page<ProductSales>> list(GetProductSales query) {
        return rows.list(query.after(), row -> true, query.limit());
    }
}
