-- PostgresOrderList.list: returns the rows after a cursor, newest first. Served by order_list_by_time.
SELECT order_id, customer_id, status, item_count, total, placed_at, updated_at, version, position
  FROM diptych.order_list
 WHERE generation = c.generation AND (placed_at, order_id) < (?, ?)
 ORDER BY placed_at DESC, order_id DESC
 LIMIT ?
