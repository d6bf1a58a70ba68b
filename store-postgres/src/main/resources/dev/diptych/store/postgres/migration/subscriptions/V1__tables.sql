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
