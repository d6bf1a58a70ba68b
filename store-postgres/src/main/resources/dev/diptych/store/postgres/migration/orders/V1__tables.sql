-- The read models of orders. Run once, after the migrations of events, by Flyway or by hand. Rows of a table belong to
-- a generation; diptych.checkpoints names the one that serves. A table's primary key is created last: while a table is
-- empty, all its indexes cost the same, PostgreSQL takes the newest, and a connection may keep that plan.

-- Everything about each order.
CREATE TABLE diptych.order_summaries (
    generation    integer NOT NULL,
    order_id      text NOT NULL COLLATE "C",
    customer_id   text NOT NULL,
    status        text NOT NULL,
    items         json NOT NULL,
    total         numeric(20, 2) NOT NULL,
    cancel_reason text,
    placed_at     timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    version       bigint NOT NULL,
    position      bigint NOT NULL
);
-- Finds what has changed since a position. Unique, because an event is about one order: a reader continues after the
-- position of the last row that it has read, and would omit another row with the same position.
CREATE UNIQUE INDEX order_summaries_by_position ON diptych.order_summaries (generation, position);
ALTER TABLE diptych.order_summaries ADD CONSTRAINT order_summaries_by_key PRIMARY KEY (generation, order_id);
SELECT diptych.register_read_model('order_summaries');

-- The list of orders.
CREATE TABLE diptych.order_list (
    generation  integer NOT NULL,
    order_id    text NOT NULL COLLATE "C",
    customer_id text NOT NULL COLLATE "C",
    status      text NOT NULL COLLATE "C",
    item_count  integer NOT NULL,
    total       numeric(20, 2) NOT NULL,
    placed_at   timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    version     bigint NOT NULL,
    position    bigint NOT NULL
);
-- Each is read backwards, newest order first. The last column of order_list_by_customer serves a customer's orders with
-- one status: the index has the status, so other rows are not read.
CREATE INDEX order_list_by_time ON diptych.order_list (generation, placed_at, order_id);
CREATE INDEX order_list_by_customer ON diptych.order_list (generation, customer_id, placed_at, order_id, status);
CREATE INDEX order_list_by_status ON diptych.order_list (generation, status, placed_at, order_id);
-- Unique for the same reason as order_summaries_by_position.
CREATE UNIQUE INDEX order_list_by_position ON diptych.order_list (generation, position);
ALTER TABLE diptych.order_list ADD CONSTRAINT order_list_by_key PRIMARY KEY (generation, order_id);
SELECT diptych.register_read_model('order_list');

-- What has been sold of each product.
CREATE TABLE diptych.product_sales (
    generation integer NOT NULL,
    sku        text NOT NULL COLLATE "C",
    orders     bigint NOT NULL,
    units      bigint NOT NULL,
    revenue    numeric(30, 2) NOT NULL,
    position   bigint NOT NULL
);
-- Highest revenue first, then the smallest sku. The minus makes both ascending, so that a page can begin in the middle
-- of the index.
CREATE INDEX product_sales_by_revenue ON diptych.product_sales (generation, (-revenue), sku);
ALTER TABLE diptych.product_sales ADD CONSTRAINT product_sales_by_key PRIMARY KEY (generation, sku);
SELECT diptych.register_read_model('product_sales');

-- The to-do list of the automation unpaid-orders. due_at is when the order was placed; the time for payment is added
-- when the list is read. A text in parked says why no command is sent for the item.
CREATE TABLE diptych.unpaid_orders (
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
CREATE INDEX unpaid_orders_by_due_time ON diptych.unpaid_orders (generation, due_at, item_key) WHERE parked IS NULL;
CREATE INDEX unpaid_orders_parked ON diptych.unpaid_orders (generation, item_key) WHERE parked IS NOT NULL;
ALTER TABLE diptych.unpaid_orders ADD CONSTRAINT unpaid_orders_by_key PRIMARY KEY (generation, item_key);
SELECT diptych.register_read_model('unpaid_orders');
