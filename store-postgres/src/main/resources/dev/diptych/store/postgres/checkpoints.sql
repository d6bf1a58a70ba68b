-- PostgresCheckpoints.ofReader: one row for each projection that is named: its checkpoint, and the position of the last
-- event, which is null on a standby, since that may not have the last ones yet. The age of events and the node are
-- null, since a reader has no right to events. Served by checkpoints_by_projection.
SELECT p.projection,
       coalesce(c.position, 0) AS checkpoint,
       h.head,
       NULL::numeric AS behind,
       NULL::text AS node
  FROM unnest(?::text[]) AS p (projection)
 CROSS JOIN (SELECT CASE WHEN NOT pg_is_in_recovery() THEN diptych.head() END AS head) h
  LEFT JOIN diptych.checkpoints c ON c.projection = p.projection
