-- PostgresCheckpoints.ofReader: returns one row for each named projection, with its checkpoint and the position of the
-- last event. On a standby, which may lack the last events, that position is null. The age of events and the nodes
-- are null, because readers have no privilege on events. Served by checkpoints_by_projection.
SELECT p.projection,
       coalesce(c.position, 0) AS checkpoint,
       h.head,
       NULL::numeric AS behind,
       NULL::text AS node,
       NULL::text AS copy_node
  FROM unnest(?::text[]) AS p (projection)
 CROSS JOIN (SELECT CASE WHEN NOT pg_is_in_recovery() THEN diptych.head() END AS head) h
  LEFT JOIN diptych.checkpoints c ON c.projection = p.projection
