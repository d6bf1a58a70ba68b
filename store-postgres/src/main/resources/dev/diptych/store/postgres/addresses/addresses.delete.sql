-- PostgresAddresses.change: deletes the address of a customer. Served by addresses_by_customer.
DELETE FROM diptych.addresses WHERE customer_id = ?
