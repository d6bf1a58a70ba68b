-- The position of the last event, 0 when there is none. Called by whoever wants to know how far behind a projection is;
-- as its owner, so that a reader may ask who may not read events. Served by events_by_position.
CREATE OR REPLACE FUNCTION diptych.head() RETURNS bigint
    LANGUAGE sql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(max(e.position), 0) FROM diptych.events e
$$;

REVOKE ALL ON FUNCTION diptych.head() FROM PUBLIC;
