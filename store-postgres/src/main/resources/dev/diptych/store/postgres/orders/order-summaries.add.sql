-- PostgresOrderSummaries: inserts rows that are not there, one array for each column. Returns nothing.
INSERT INTO diptych.order_summaries (order_id, customer_id, status, items, total, cancel_reason, placed_at, updated_at, version, position)
SELECT u.order_id, u.customer_id, u.status, u.items::json, u.total, u.cancel_reason,
       timestamptz 'epoch' + u.placed_at * interval '1 microsecond',
       timestamptz 'epoch' + u.updated_at * interval '1 microsecond',
       u.version, u.position
  FROM unnest(
       ?::text[],
       ?::text[],
       ?::text[],
       ?::text[],
       ?::numeric[],
       ?::text[],
       ?::int8[],
       ?::int8[],
       ?::int8[],
       ?::int8[])
       AS u (order_id, customer_id, status, items, total, cancel_reason, placed_at, updated_at, version, position)
