-- PostgresLease.release: the lease is free from now on, if this node had it. Served by leases_by_projection.
UPDATE diptych.leases
   SET until = '-infinity'
 WHERE projection = ? AND holder = ?
