-- PostgresOrderList.changes: returns the rows after a position, in position order. Served by order_list_by_position.
SELECT order_id, customer_id, status, item_count, total, placed_at, updated_at, version, position
  FROM diptych.order_list
 WHERE generation = c.generation AND position > ?
 ORDER BY position
 LIMIT ?
