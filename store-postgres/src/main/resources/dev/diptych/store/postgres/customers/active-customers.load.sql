-- PostgresActiveCustomers: the rows with these keys; also for one of them. Served by active_customers_by_key.
SELECT customer_id, open_orders, running_subscriptions, lifetime_value, position
  FROM diptych.active_customers
 WHERE customer_id = ANY (?)
