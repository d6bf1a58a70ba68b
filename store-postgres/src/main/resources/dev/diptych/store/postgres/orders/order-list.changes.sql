-- PostgresOrderList.changes: the next rows after a position, in order of position. Served by order_list_by_position.
SELECT order_id, customer_id, status, item_count, total, placed_at, updated_at, version, position
  FROM diptych.order_list
 WHERE position > ?
 ORDER BY position
 LIMIT ?
