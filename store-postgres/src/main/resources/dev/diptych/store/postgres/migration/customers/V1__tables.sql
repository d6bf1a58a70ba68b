-- The read models of customers. Run once, after the migrations of events, by Flyway or by hand. The primary
-- key is created last, for the reason that the migration of orders gives.

-- What is open for each customer.
CREATE TABLE diptych.active_customers (
    generation            integer NOT NULL,
    customer_id           text NOT NULL COLLATE "C",
    open_orders           integer NOT NULL,
    running_subscriptions integer NOT NULL,
    lifetime_value        numeric(30, 2) NOT NULL,
    position              bigint NOT NULL
);
-- Only the customers that the list shows.
CREATE INDEX active_customers_by_id ON diptych.active_customers (generation, customer_id)
    WHERE open_orders > 0 OR running_subscriptions > 0;
ALTER TABLE diptych.active_customers ADD CONSTRAINT active_customers_by_key PRIMARY KEY (generation, customer_id);
SELECT diptych.register_read_model('active_customers');
