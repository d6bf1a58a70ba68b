-- PostgresLease.hold: takes or renews the lease unless it is held by another node, or the projection is paused. A
-- lease that would last longer than the maximum, as after the server's clock was set back, counts as expired. Returns
-- one row, a name of Lease.Turn. Served by leases_by_projection.
WITH wanted (projection, fold_version, holder, length) AS (
    SELECT ?::text, ?::integer, ?::text, ? * interval '1 millisecond'
), taken AS (
    INSERT INTO diptych.leases AS l (projection, fold_version, holder, until)
    SELECT w.projection, w.fold_version, w.holder, clock_timestamp() + w.length
      FROM wanted w
     WHERE NOT EXISTS (SELECT FROM diptych.leases p WHERE p.projection = w.projection AND p.paused)
        ON CONFLICT (projection, fold_version) DO UPDATE
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
