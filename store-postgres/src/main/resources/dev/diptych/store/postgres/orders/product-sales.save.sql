-- PostgresProductSalesList: inserts or replaces rows, one array for each column. Returns nothing. Served by product_sales_by_key.
INSERT INTO diptych.product_sales (sku, orders, units, revenue, position)
SELECT u.sku, u.orders, u.units, u.revenue, u.position
  FROM unnest(
       ?::text[],
       ?::int8[],
       ?::int8[],
       ?::numeric[],
       ?::int8[])
       AS u (sku, orders, units, revenue, position)
    ON CONFLICT (sku) DO UPDATE
       SET orders = excluded.orders,
           units = excluded.units,
           revenue = excluded.revenue,
           position = excluded.position
