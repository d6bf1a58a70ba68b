-- PostgresLease.hold: takes the lease if it is free, has run out, or is held by the same node. Changes one row, or none when
-- another node has it. Served by leases_by_projection.
INSERT INTO diptych.leases AS l (projection, holder, until)
VALUES (?, ?, clock_timestamp() + ? * interval '1 millisecond')
    ON CONFLICT (projection) DO UPDATE
       SET holder = excluded.holder, until = excluded.until
     WHERE l.holder = excluded.holder OR l.until < clock_timestamp()
