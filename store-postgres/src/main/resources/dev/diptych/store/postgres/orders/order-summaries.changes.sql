-- PostgresOrderSummaries.changes: returns the rows after a position, in position order. Served by
-- order_summaries_by_position.
SELECT order_id, customer_id, status, items, total, cancel_reason, placed_at, updated_at, version, position
  FROM diptych.order_summaries
 WHERE generation = c.generation AND position > ?
 ORDER BY position
 LIMIT ?
