-- PostgresOrderList.list: the next rows after a place in the list, newest first. Served by order_list_by_customer, in which
-- the status stands last: entries with another are passed over without a look at their rows.
SELECT order_id, customer_id, status, item_count, total, placed_at, updated_at, version, position
  FROM diptych.order_list
 WHERE customer_id = ? AND status = ? AND (placed_at, order_id) < (?, ?)
 ORDER BY placed_at DESC, order_id DESC
 LIMIT ?
