-- PostgresCheckpoints.ofProjector: one row for each projection that is named: its checkpoint, the position of the last
-- event, the age in seconds of the first event after the checkpoint (0 when there is none, or when the database's clock
-- was put back), and the node that holds the lease (null when no node does). Served by checkpoints_by_projection,
-- leases_by_projection and, with one step in it for each projection, events_by_position.
SELECT p.projection,
       coalesce(c.position, 0) AS checkpoint,
       h.head,
       greatest(0, extract(epoch FROM clock_timestamp() - (SELECT e.recorded_at
                                                             FROM diptych.events e
                                                            WHERE e.position > coalesce(c.position, 0)
                                                            ORDER BY e.position
                                                            LIMIT 1))) AS behind,
       l.holder AS node
  FROM unnest(?::text[]) AS p (projection)
 CROSS JOIN (SELECT diptych.head() AS head) h
  LEFT JOIN diptych.checkpoints c ON c.projection = p.projection
  LEFT JOIN diptych.leases l ON l.projection = p.projection AND l.until >= clock_timestamp() AND NOT l.paused
