-- PostgresActiveCustomers.list: returns the active customers after an id. Served by active_customers_by_id.
SELECT customer_id, open_orders, running_subscriptions, lifetime_value, position
  FROM diptych.active_customers
 WHERE generation = c.generation AND (open_orders > 0 OR running_subscriptions > 0) AND customer_id > ?
 ORDER BY customer_id
 LIMIT ?
