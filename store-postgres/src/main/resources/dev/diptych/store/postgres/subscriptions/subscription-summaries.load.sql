-- PostgresSubscriptionSummaries: the rows with these keys; also for one of them. Served by subscription_summaries_by_key.
SELECT subscription_id, customer_id, plan, monthly_price, status, started_at, version, position
  FROM diptych.subscription_summaries
 WHERE subscription_id = ANY (?)
