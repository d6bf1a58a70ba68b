-- PostgresAddresses.find: returns the address of a customer. Served by addresses_by_customer.
SELECT name, street, postal_code, city, country
  FROM diptych.addresses
 WHERE customer_id = ?
