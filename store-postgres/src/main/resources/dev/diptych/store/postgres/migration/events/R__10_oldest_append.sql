-- The append that has been open for the longest time: as long as it is, diptych.horizon() stays below what came after it. Called
-- by writers and projectors, for those who run the program; as its owner, so that a projector sees the transaction of a writer.
-- Returns no row when nobody appends; else the process number of its session, and the age in seconds of its transaction, which
-- is null where the owner may not see that (it may as a superuser, or with pg_read_all_stats).
CREATE OR REPLACE FUNCTION diptych.oldest_append(OUT pid integer, OUT age numeric) RETURNS SETOF record
    LANGUAGE sql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT l.pid, extract(epoch FROM clock_timestamp() - a.xact_start)
      FROM pg_locks l
      LEFT JOIN pg_stat_activity a ON a.pid = l.pid
     WHERE l.locktype = 'advisory'
       AND l.objsubid = 1
       AND l.classid::bigint >> 16 = 17481
       AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
     ORDER BY ((l.classid::bigint & 65535) << 32) | l.objid::bigint, a.xact_start
     LIMIT 1
$$;

REVOKE ALL ON FUNCTION diptych.oldest_append() FROM PUBLIC;
