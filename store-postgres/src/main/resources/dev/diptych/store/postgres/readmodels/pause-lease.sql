-- PostgresLease.pause and resume: stores whether a projection is paused. Inserts the row if no node has held the lease
-- yet. Changes one row. Served by leases_by_projection.
INSERT INTO diptych.leases AS l (projection, holder, until, paused)
VALUES (?, '', '-infinity', ?)
    ON CONFLICT (projection) DO UPDATE
       SET paused = excluded.paused
