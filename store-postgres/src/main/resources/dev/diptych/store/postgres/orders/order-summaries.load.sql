-- PostgresOrderSummaries: the rows with these keys; also for one of them. Served by order_summaries_by_key.
SELECT order_id, customer_id, status, items, total, cancel_reason, placed_at, updated_at, version, position
  FROM diptych.order_summaries
 WHERE order_id = ANY (?)
