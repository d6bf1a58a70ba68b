-- PostgresCancellations.list: the last rows, the last one first. Served by cancellations_by_position.
SELECT order_id, customer_id, total, reason, cancelled_at, position
  FROM diptych.cancellations
 WHERE generation = c.generation
 ORDER BY position DESC
 LIMIT ?
