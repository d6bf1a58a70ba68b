-- PostgresCheckpoints.paused: one row for each projection that is paused, its name. Reads the whole table leases, which has one
-- short row for each projection.
SELECT l.projection FROM diptych.leases l WHERE l.paused
