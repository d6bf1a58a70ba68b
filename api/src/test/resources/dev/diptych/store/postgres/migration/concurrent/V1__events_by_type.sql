-- An index that is built while other sessions use the table, outside a transaction. First removes what an interrupted
-- build has left. Waits for old transactions for as long as they take, because no other session queues behind it.
SET lock_timeout = 0;
DROP INDEX CONCURRENTLY IF EXISTS diptych.events_by_type;
CREATE INDEX CONCURRENTLY events_by_type ON diptych.events (type);
RESET lock_timeout;
