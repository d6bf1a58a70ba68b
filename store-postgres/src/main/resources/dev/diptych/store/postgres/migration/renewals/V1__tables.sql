-- The to-do list of the automation renewal-orders. Run once, after the migrations of events, by Flyway or by hand.

-- due_at is when the subscription was renewed. A text in parked says why no command is sent for the item. The primary
-- key is created last, for the reason that the migration of orders gives.
CREATE TABLE diptych.renewal_orders (
    generation integer NOT NULL,
    item_key   text NOT NULL COLLATE "C",
    aggregate  text NOT NULL,
    due_at     timestamptz NOT NULL,
    what       json NOT NULL,
    opened     bigint NOT NULL,
    metadata   json NOT NULL,
    parked     text,
    position   bigint NOT NULL
);
CREATE INDEX renewal_orders_by_due_time ON diptych.renewal_orders (generation, due_at, item_key) WHERE parked IS NULL;
CREATE INDEX renewal_orders_parked ON diptych.renewal_orders (generation, item_key) WHERE parked IS NOT NULL;
ALTER TABLE diptych.renewal_orders ADD CONSTRAINT renewal_orders_by_key PRIMARY KEY (generation, item_key);
SELECT diptych.register_read_model('renewal_orders');
