-- Returns the oldest open append, which holds back diptych.horizon(): the process id of its session, and the age of its
-- transaction in seconds. The age is null if the owner may not see it; superusers and members of pg_read_all_stats may.
-- Returns no row if no append is open. Called by writers and projectors for operators. Runs with the privileges of its
-- owner, because a projector may not see the transactions of a writer.
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
