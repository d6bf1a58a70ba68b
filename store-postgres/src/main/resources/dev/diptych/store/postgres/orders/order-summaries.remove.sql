-- PostgresOrderSummaries: deletes the rows with these keys. Returns nothing. Served by order_summaries_by_key.
DELETE FROM diptych.order_summaries
 WHERE order_id = ANY (?)
