-- The read models of subscriptions. Run once, after the migrations of events, by Flyway or by hand.

-- Everything about each subscription.
CREATE TABLE diptych.subscription_summaries (
    generation      integer NOT NULL,
    subscription_id text NOT NULL COLLATE "C",
    customer_id     text NOT NULL,
    plan            text NOT NULL,
    monthly_price   numeric(20, 2) NOT NULL,
    status          text NOT NULL,
    started_at      timestamptz NOT NULL,
    version         bigint NOT NULL,
    position        bigint NOT NULL,
    CONSTRAINT subscription_summaries_by_key PRIMARY KEY (generation, subscription_id)
);
SELECT diptych.register_read_model('subscription_summaries');

-- The to-do list of the automation due-renewals. due_at is when the month begins. A text in parked says why no command
-- is sent for the item.
CREATE TABLE diptych.due_renewals (
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
CREATE INDEX due_renewals_by_due_time ON diptych.due_renewals (generation, due_at, item_key) WHERE parked IS NULL;
CREATE INDEX due_renewals_parked ON diptych.due_renewals (generation, item_key) WHERE parked IS NOT NULL;
ALTER TABLE diptych.due_renewals ADD CONSTRAINT due_renewals_by_key PRIMARY KEY (generation, item_key);
SELECT diptych.register_read_model('due_renewals');
