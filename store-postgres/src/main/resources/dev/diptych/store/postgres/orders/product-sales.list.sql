-- PostgresProductSalesList.list: returns the rows after a cursor, highest revenue first. Served by
-- product_sales_by_revenue.
SELECT sku, orders, units, revenue, position
  FROM diptych.product_sales
 WHERE generation = c.generation AND (-revenue, sku) > (?, ?)
 ORDER BY -revenue, sku
 LIMIT ?
