-- PostgresProductSalesList: the rows with these keys; also for one of them. Served by product_sales_by_key.
SELECT sku, orders, units, revenue, position
  FROM diptych.product_sales
 WHERE sku = ANY (?)
