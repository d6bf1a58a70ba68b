-- PostgresSubscriptionSummaries: deletes the rows with these keys. Returns nothing. Served by subscription_summaries_by_key.
DELETE FROM diptych.subscription_summaries
 WHERE subscription_id = ANY (?)
