-- The addresses of customers: rows that are replaced and deleted, by the writer. Run once, after the migrations of
-- events, by Flyway or by hand.
CREATE TABLE diptych.addresses (
    customer_id text NOT NULL COLLATE "C",
    name        text NOT NULL,
    street      text NOT NULL,
    postal_code text NOT NULL,
    city        text NOT NULL,
    country     text NOT NULL,
    CONSTRAINT addresses_by_customer PRIMARY KEY (customer_id)
);
SELECT diptych.register_plain_table('addresses');
