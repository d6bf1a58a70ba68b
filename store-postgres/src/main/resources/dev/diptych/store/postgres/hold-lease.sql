-- PostgresLease.hold: takes the lease if it is not paused and is free, has run out, or is held by the same node. One row:
-- whose turn it is now, as Lease.Turn names it. Served by leases_by_projection.
WITH wanted (projection, holder, until) AS (
    SELECT ?, ?, clock_timestamp() + ? * interval '1 millisecond'
), taken AS (
    INSERT INTO diptych.leases AS l (projection, holder, until)
    SELECT w.projection, w.holder, w.until FROM wanted w
        ON CONFLICT (projection) DO UPDATE
           SET holder = excluded.holder, until = excluded.until
         WHERE NOT l.paused AND (l.holder = excluded.holder OR l.until < clock_timestamp())
    RETURNING l.holder
)
SELECT CASE
           WHEN EXISTS (SELECT FROM taken) THEN 'MINE'
           WHEN EXISTS (SELECT FROM diptych.leases l JOIN wanted w USING (projection) WHERE l.paused) THEN 'PAUSED'
           ELSE 'ELSEWHERE'
       END AS turn
