-- PostgresOrderSummaries.changes: the next rows after a position, in order of position. Served by
-- order_summaries_by_position.
SELECT order_id, customer_id, status, items, total, cancel_reason, placed_at, updated_at, version, position
  FROM diptych.order_summaries
 WHERE position > ?
 ORDER BY position
 LIMIT ?
