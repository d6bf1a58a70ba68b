-- PostgresLease.release: ends the lease if this node holds it. Served by leases_by_projection.
UPDATE diptych.leases
   SET until = '-infinity'
 WHERE projection = ? AND fold_version = ? AND holder = ?
