-- PostgresOrderList: the rows with these keys; also for one of them. Served by order_list_by_key.
SELECT order_id, customer_id, status, item_count, total, placed_at, updated_at, version, position
  FROM diptych.order_list
 WHERE order_id = ANY (?)
