-- Takes or renews a lease unless it is held by another node, or the projection is paused. A lease that would last
-- longer than its length, as after the server's clock was set back, counts as expired. Returns a name of Lease.Turn.
-- Called by projectors, and by the next function. Served by leases_by_projection.
CREATE OR REPLACE FUNCTION diptych.hold_lease(
    p_lease text, p_projection text, p_fold_version integer, p_holder text, p_length interval) RETURNS text
    LANGUAGE sql
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH taken AS (
        INSERT INTO diptych.leases AS l (projection, fold_version, holder, until)
        SELECT p_lease, p_fold_version, p_holder, clock_timestamp() + p_length
         WHERE NOT EXISTS (SELECT FROM diptych.leases p WHERE p.projection = p_projection AND p.paused)
            ON CONFLICT (projection, fold_version) DO UPDATE
               SET holder = excluded.holder, until = excluded.until
             WHERE NOT l.paused AND (l.holder = excluded.holder
                                  OR l.until < clock_timestamp()
                                  OR l.until > clock_timestamp() + p_length)
        RETURNING l.holder
    )
    SELECT CASE
               WHEN EXISTS (SELECT FROM taken) THEN 'MINE'
               WHEN EXISTS (SELECT FROM diptych.leases l WHERE l.projection = p_projection AND l.paused) THEN 'PAUSED'
               ELSE 'ELSEWHERE'
           END
$$;

-- Takes or renews the lease of an automation: which node sends its commands. A pause of its list pauses it too. Called
-- by the writer, with the privileges of the owner, because the writer may not change the leases of projections. The
-- name of an automation's lease has a slash, which no name of a projection has.
CREATE OR REPLACE FUNCTION diptych.hold_automation_lease(
    p_automation text, p_fold_version integer, p_holder text, p_length interval) RETURNS text
    LANGUAGE sql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT diptych.hold_lease('automation/' || p_automation, p_automation, p_fold_version, p_holder, p_length)
$$;

-- Ends the lease of an automation if the node holds it. Called by the writer, as above.
CREATE OR REPLACE FUNCTION diptych.release_automation_lease(
    p_automation text, p_fold_version integer, p_holder text) RETURNS void
    LANGUAGE sql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
    UPDATE diptych.leases
       SET until = '-infinity'
     WHERE projection = 'automation/' || p_automation AND fold_version = p_fold_version AND holder = p_holder
$$;

REVOKE ALL ON FUNCTION diptych.hold_lease(text, text, integer, text, interval) FROM PUBLIC;
REVOKE ALL ON FUNCTION diptych.hold_automation_lease(text, integer, text, interval) FROM PUBLIC;
REVOKE ALL ON FUNCTION diptych.release_automation_lease(text, integer, text) FROM PUBLIC;
