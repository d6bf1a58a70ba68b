-- The read models of orders. Run once, after those of events, by Flyway or by hand.

-- Everything about each order.
CREATE TABLE diptych.order_summaries (
    order_id      text NOT NULL COLLATE "C",
    customer_id   text NOT NULL,
    status        text NOT NULL,
    items         json NOT NULL,
    total         numeric(20, 2) NOT NULL,
    cancel_reason text,
    placed_at     timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    version       bigint NOT NULL,
    position      bigint NOT NULL,
    CONSTRAINT order_summaries_by_key PRIMARY KEY (order_id)
);
SELECT diptych.register_read_model('order_summaries');

-- The list of orders.
CREATE TABLE diptych.order_list (
    order_id    text NOT NULL COLLATE "C",
    customer_id text NOT NULL COLLATE "C",
    status      text NOT NULL COLLATE "C",
    item_count  integer NOT NULL,
    total       numeric(20, 2) NOT NULL,
    placed_at   timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    version     bigint NOT NULL,
    position    bigint NOT NULL,
    CONSTRAINT order_list_by_key PRIMARY KEY (order_id)
);
-- One index for each way in which the list is asked for; all are read backwards, newest first.
CREATE INDEX order_list_by_time ON diptych.order_list (placed_at, order_id);
CREATE INDEX order_list_by_customer ON diptych.order_list (customer_id, placed_at, order_id);
CREATE INDEX order_list_by_status ON diptych.order_list (status, placed_at, order_id);
CREATE INDEX order_list_by_customer_and_status ON diptych.order_list (customer_id, status, placed_at, order_id);
SELECT diptych.register_read_model('order_list');

-- What has been sold of each product.
CREATE TABLE diptych.product_sales (
    sku      text NOT NULL COLLATE "C",
    orders   bigint NOT NULL,
    units    bigint NOT NULL,
    revenue  numeric(30, 2) NOT NULL,
    position bigint NOT NULL,
    CONSTRAINT product_sales_by_key PRIMARY KEY (sku)
);
-- Highest revenue first, then the smallest sku: with the sign turned, both go upwards, so that a page begins in the
-- middle of the index.
CREATE INDEX product_sales_by_revenue ON diptych.product_sales ((-revenue), sku);
SELECT diptych.register_read_model('product_sales');
