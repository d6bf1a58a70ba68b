-- PostgresCancellations: inserts or replaces rows, one array for each column. Returns nothing. Served by cancellations_by_key.
INSERT INTO diptych.cancellations (order_id, customer_id, total, reason, cancelled_at, position)
SELECT u.order_id, u.customer_id, u.total, u.reason, u.cancelled_at, u.position
  FROM unnest(
       ?::text[],
       ?::text[],
       ?::numeric[],
       ?::text[],
       ?::timestamptz[],
       ?::int8[])
       AS u (order_id, customer_id, total, reason, cancelled_at, position)
    ON CONFLICT (order_id) DO UPDATE
       SET customer_id = excluded.customer_id,
           total = excluded.total,
           reason = excluded.reason,
           cancelled_at = excluded.cancelled_at,
           position = excluded.position
