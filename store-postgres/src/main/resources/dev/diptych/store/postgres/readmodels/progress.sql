-- PostgresCheckpoints.ofProjector: returns one row for each named projection: its checkpoint; the position of the last
-- event; the age in seconds of the first event after the checkpoint (0 if there is none, or if the database's clock was
-- set back); and the nodes that hold the lease for the version of the rows that serve and for that of the copy (null if
-- none does, or there is no copy). Served by checkpoints_by_projection, copies_by_projection, leases_by_projection and
-- events_by_position, of which it reads one entry for each projection.
SELECT p.projection,
       coalesce(c.position, 0) AS checkpoint,
       h.head,
       greatest(0, extract(epoch FROM clock_timestamp() - (SELECT e.recorded_at
                                                             FROM diptych.events e
                                                            WHERE e.position > coalesce(c.position, 0)
                                                            ORDER BY e.position
                                                            LIMIT 1))) AS behind,
       (SELECT l.holder
          FROM diptych.leases l
         WHERE l.projection = p.projection AND l.fold_version = coalesce(c.fold_version, l.fold_version)
           AND l.until >= clock_timestamp() AND NOT l.paused
         LIMIT 1) AS node,
       (SELECT l.holder
          FROM diptych.leases l
         WHERE l.projection = p.projection AND l.fold_version = b.fold_version
           AND l.until >= clock_timestamp() AND NOT l.paused) AS copy_node
  FROM unnest(?::text[]) AS p (projection)
 CROSS JOIN (SELECT diptych.head() AS head) h
  LEFT JOIN diptych.checkpoints c ON c.projection = p.projection
  LEFT JOIN diptych.copies b ON b.projection = p.projection
