-- Returns the position of the last event, 0 if there is none. Called by all roles to measure the lag of projections.
-- Runs with the privileges of its owner, because readers may not read events. Served by events_by_position.
CREATE OR REPLACE FUNCTION diptych.head() RETURNS bigint
    LANGUAGE sql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(max(e.position), 0) FROM diptych.events e
$$;

REVOKE ALL ON FUNCTION diptych.head() FROM PUBLIC;
