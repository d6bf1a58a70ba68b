-- PostgresCancellations: the rows with these keys. Served by cancellations_by_key.
SELECT order_id, customer_id, total, reason, cancelled_at, position
  FROM diptych.cancellations
 WHERE order_id = ANY (?)
