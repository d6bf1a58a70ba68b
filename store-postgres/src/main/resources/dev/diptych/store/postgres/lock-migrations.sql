-- PostgresSchema.tryLock: returns one row: whether this session has the lock of migrations now. Does not wait: a
-- statement that waits has a snapshot, and CREATE INDEX CONCURRENTLY waits until all older snapshots are released.
SELECT pg_try_advisory_lock(17485)
