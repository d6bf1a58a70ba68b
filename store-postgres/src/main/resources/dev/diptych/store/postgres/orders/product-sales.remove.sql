-- PostgresProductSalesList: deletes the rows with these keys. Returns nothing. Served by product_sales_by_key.
DELETE FROM diptych.product_sales
 WHERE sku = ANY (?)
