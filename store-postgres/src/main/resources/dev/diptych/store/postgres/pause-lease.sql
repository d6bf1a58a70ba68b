-- PostgresLease.pause and resume: marks a projection as paused, or no longer; makes the row when nobody ever held the
-- lease. Changes one row. Served by leases_by_projection.
INSERT INTO diptych.leases AS l (projection, holder, until, paused)
VALUES (?, '', '-infinity', ?)
    ON CONFLICT (projection) DO UPDATE
       SET paused = excluded.paused
