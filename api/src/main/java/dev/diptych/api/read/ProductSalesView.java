package dev.diptych.api.read;

import dev.diptych.core.money.Money;
import dev.diptych.core.orders.read.sales.ProductSales;

/** The sales of a product in a list, as JSON. */
record ProductSalesView(String sku, long orders, long units, Money revenue) {

    static ProductSalesView of(ProductSales product) {
        return new ProductSalesView(product.sku(), product.orders(), product.units(), product.revenue());
    }
}
