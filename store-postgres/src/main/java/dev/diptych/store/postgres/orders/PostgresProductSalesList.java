package dev.diptych.store.postgres.orders;

import dev.diptych.core.money.Money;
import dev.diptych.core.orders.read.sales.GetProductSales;
import dev.diptych.core.orders.read.sales.ProductSales;
import dev.diptych.core.orders.read.sales.ProductSalesList;
import dev.diptych.core.orders.read.sales.ProductSalesProjection;
import dev.diptych.core.query.Answer;
import dev.diptych.core.query.Page;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.readmodels.RowTable;
import dev.diptych.store.postgres.readmodels.View;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The sales of each product in PostgreSQL. Thread-safe. */
record PostgresProductSalesList(Database reader) implements ProductSalesList {

    /** Less than any negated revenue that the column can hold: the cursor before the first product. */
    private static final BigDecimal BEFORE_ALL = new BigDecimal("-1E30");

    private static final View<ProductSales> LIST = View.of(
            PostgresProductSalesList.class,
            "product-sales.list.sql",
            ProductSalesProjection.NAME,
            PostgresProductSalesList::row);

    static final RowTable<ProductSales> TABLE = RowTable.named(
                    "product_sales", "sku", ProductSales::sku, PostgresProductSalesList::row)
            .column("orders", "int8", ProductSales::orders)
            .column("units", "int8", ProductSales::units)
            .column("revenue", "numeric", sales -> sales.revenue().amount())
            .column("position", "int8", ProductSales::position);

    @Override
    public Answer<Page<ProductSales>> list(GetProductSales query) {
        return LIST.list(reader, statement -> bind(statement, query)).map(rows -> Page.of(rows, query.limit()));
    }

    private static void bind(PreparedStatement statement, GetProductSales query) throws SQLException {
        statement.setBigDecimal(
                1, query.after().map(place -> place.revenue().amount().negate()).orElse(BEFORE_ALL));
        statement.setString(2, query.after().map(GetProductSales.Cursor::sku).orElse(""));
        statement.setInt(3, query.limit() + 1);
    }

    private static ProductSales row(ResultSet row) throws SQLException {
        return new ProductSales(
                row.getString("sku"),
                row.getLong("orders"),
                row.getLong("units"),
                new Money(row.getBigDecimal("revenue")),
                row.getLong("position"));
    }
}
