-- PostgresOrderList: deletes the rows with these keys. Returns nothing. Served by order_list_by_key.
DELETE FROM diptych.order_list
 WHERE order_id = ANY (?)
