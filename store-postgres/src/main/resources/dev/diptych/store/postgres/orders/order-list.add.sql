-- PostgresOrderList: inserts rows that are not there, one array for each column. Returns nothing.
INSERT INTO diptych.order_list (order_id, customer_id, status, item_count, total, placed_at, updated_at, version, position)
SELECT u.order_id, u.customer_id, u.status, u.item_count, u.total,
       timestamptz 'epoch' + u.placed_at * interval '1 microsecond',
       timestamptz 'epoch' + u.updated_at * interval '1 microsecond',
       u.version, u.position
  FROM unnest(
       ?::text[],
       ?::text[],
       ?::text[],
       ?::int4[],
       ?::numeric[],
       ?::int8[],
       ?::int8[],
       ?::int8[],
       ?::int8[])
       AS u (order_id, customer_id, status, item_count, total, placed_at, updated_at, version, position)
