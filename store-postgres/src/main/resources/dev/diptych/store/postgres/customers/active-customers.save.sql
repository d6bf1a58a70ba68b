-- PostgresActiveCustomers: inserts or replaces rows, one array for each column. Returns nothing. Served by active_customers_by_key.
INSERT INTO diptych.active_customers (customer_id, open_orders, running_subscriptions, lifetime_value, position)
SELECT u.customer_id, u.open_orders, u.running_subscriptions, u.lifetime_value, u.position
  FROM unnest(
       ?::text[],
       ?::int4[],
       ?::int4[],
       ?::numeric[],
       ?::int8[])
       AS u (customer_id, open_orders, running_subscriptions, lifetime_value, position)
    ON CONFLICT (customer_id) DO UPDATE
       SET open_orders = excluded.open_orders,
           running_subscriptions = excluded.running_subscriptions,
           lifetime_value = excluded.lifetime_value,
           position = excluded.position
