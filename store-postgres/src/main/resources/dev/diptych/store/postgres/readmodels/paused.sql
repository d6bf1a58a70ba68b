-- PostgresCheckpoints.paused: returns the names of the paused projections. Reads all of leases, which has one short row
-- for each projection.
SELECT l.projection FROM diptych.leases l WHERE l.paused
