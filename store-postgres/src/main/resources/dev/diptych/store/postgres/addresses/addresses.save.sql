-- PostgresAddresses.change: stores the address of a customer. Served by addresses_by_customer.
INSERT INTO diptych.addresses (customer_id, name, street, postal_code, city, country)
VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (customer_id) DO UPDATE
   SET name = excluded.name, street = excluded.street, postal_code = excluded.postal_code, city = excluded.city,
       country = excluded.country
