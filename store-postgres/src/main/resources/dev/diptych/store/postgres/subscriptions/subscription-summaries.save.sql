-- PostgresSubscriptionSummaries: inserts or replaces rows, one array for each column. Returns nothing. Served by subscription_summaries_by_key.
INSERT INTO diptych.subscription_summaries (subscription_id, customer_id, plan, monthly_price, status, started_at, version, position)
SELECT u.subscription_id, u.customer_id, u.plan, u.monthly_price, u.status, u.started_at, u.version, u.position
  FROM unnest(
       ?::text[],
       ?::text[],
       ?::text[],
       ?::numeric[],
       ?::text[],
       ?::timestamptz[],
       ?::int8[],
       ?::int8[])
       AS u (subscription_id, customer_id, plan, monthly_price, status, started_at, version, position)
    ON CONFLICT (subscription_id) DO UPDATE
       SET customer_id = excluded.customer_id,
           plan = excluded.plan,
           monthly_price = excluded.monthly_price,
           status = excluded.status,
           started_at = excluded.started_at,
           version = excluded.version,
           position = excluded.position
