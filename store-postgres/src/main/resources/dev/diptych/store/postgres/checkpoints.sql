-- PostgresCheckpoints.look: one row for each projection that has begun, or one row without any, each with the position
-- of the last event; that is null on a standby, which may not have the last ones yet. Reads the whole table
-- checkpoints, which has one short row for each projection.
SELECT c.projection, c.position, h.head
  FROM (SELECT CASE WHEN NOT pg_is_in_recovery() THEN diptych.head() END AS head) h
  LEFT JOIN diptych.checkpoints c ON true
