-- PostgresActiveCustomers: deletes the rows with these keys. Returns nothing. Served by active_customers_by_key.
DELETE FROM diptych.active_customers
 WHERE customer_id = ANY (?)
