-- A customer may have many orders, and few of them with one status. So the status goes into the index of customers, as its last
-- column: that takes no index more to be written, and rows with another status are not read.
CREATE INDEX order_list_by_customer_new ON diptych.order_list (customer_id, placed_at, order_id, status);
DROP INDEX diptych.order_list_by_customer;
ALTER INDEX diptych.order_list_by_customer_new RENAME TO order_list_by_customer;
