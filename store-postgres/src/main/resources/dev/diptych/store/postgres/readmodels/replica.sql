-- PostgresCheckpoints.replica: on a standby, returns one row: the position of the last event that it has replayed, and
-- the age in seconds of the newest renewal of a lease that it has replayed. A renewal sets the end of the lease to a
-- length later, which is the parameter. The age is null if no lease is to be renewed: all have been released, or their
-- projections are paused, and with them their automations. On a primary, returns no row. Reads all of leases, which has
-- one short row for each projection.
SELECT diptych.head() AS head,
       (SELECT greatest(0, extract(epoch FROM clock_timestamp() - max(l.until) + ? * interval '1 millisecond'))
          FROM diptych.leases l
         WHERE l.until > '-infinity' AND NOT l.paused
           AND NOT EXISTS (SELECT FROM diptych.leases p
                            WHERE p.paused AND l.projection = 'automation/' || p.projection)
        HAVING max(l.until) IS NOT NULL) AS lag
 WHERE pg_is_in_recovery()
