-- PostgresCancellations: deletes the rows with these keys. Returns nothing. Served by cancellations_by_key.
DELETE FROM diptych.cancellations
 WHERE order_id = ANY (?)
