-- PostgresLease.hold: takes or renews the lease unless it is paused or held by another node. A lease that would last
-- longer than the maximum, as after the server's clock was set back, counts as expired. Returns one row, a name of
-- Lease.Turn. Served by leases_by_projection.
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
