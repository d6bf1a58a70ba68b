-- What has changed since a position, for those who follow a read model. Run once, after V1, by Flyway or by hand. Both
-- indexes are unique, since an event is about one order: a reader goes on after the position of the last row that it has
-- read, and would pass over a second one with the same.
CREATE UNIQUE INDEX order_summaries_by_position ON diptych.order_summaries (position);
CREATE UNIQUE INDEX order_list_by_position ON diptych.order_list (position);
