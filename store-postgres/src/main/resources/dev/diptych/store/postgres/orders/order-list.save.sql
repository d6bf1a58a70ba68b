-- PostgresOrderList: inserts or replaces rows, one array for each column. Returns nothing. Served by order_list_by_key.
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
    ON CONFLICT (order_id) DO UPDATE
       SET customer_id = excluded.customer_id,
           status = excluded.status,
           item_count = excluded.item_count,
           total = excluded.total,
           placed_at = excluded.placed_at,
           updated_at = excluded.updated_at,
           version = excluded.version,
           position = excluded.position
