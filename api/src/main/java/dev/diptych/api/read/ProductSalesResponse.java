package dev.diptych.api.read;

import dev.diptych.core.money.Money;
import dev.diptych.core.orders.read.sales.ProductSales;

/** The sales of a product in a list, as JSON. */
record ProductSalesResponse(String sku, long orders, long units, Money revenue) {

    static ProductSalesResponse of(ProductSales product) {
        return new ProductSalesResponse(product.sku(), product.orders(), product.units(), product.revenue());
    }
}
