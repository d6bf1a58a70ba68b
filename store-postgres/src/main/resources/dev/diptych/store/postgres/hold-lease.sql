-- PostgresLease.hold: takes the lease if it is not paused and is free, has run out, or is held by the same node; also
-- if it would last longer than a lease can, as after the server's clock was put back. One row: whose turn it is now, as
-- Lease.Turn names it. Served by leases_by_projection.
WITH wanted (projection, holder, length) AS (
    SELECT ?, ?, ? * interval '1 millisecond'
), taken AS (
    INSERT INTO diptych.leases AS l (projection, holder, until)
    SELECT w.projection, w.holder, clock_timestamp() + w.length FROM wanted w
        ON CONFLICT (projection) DO UPDATE
           SET holder = excluded.holder, until = excluded.until
         WHERE NOT l.paused AND (l.holder = excluded.holder
                              OR l.until < clock_timestamp()
                              OR l.until > clock_timestamp() + (SELECT w.length FROM wanted w))
    RETURNING l.holder
)
SELECT CASE
           WHEN EXISTS (SELECT FROM taken) THEN 'MINE'
           WHEN EXISTS (SELECT FROM diptych.leases l JOIN wanted w USING (projection) WHERE l.paused) THEN 'PAUSED'
           ELSE 'ELSEWHERE'
       END AS turn
