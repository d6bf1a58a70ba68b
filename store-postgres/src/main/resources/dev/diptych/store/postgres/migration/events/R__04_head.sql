-- The highest position that was drawn so far, 0 when there is none. Called by whoever wants to know how far behind a
-- projection is; as its owner, so that a reader may ask who may not read events.
CREATE OR REPLACE FUNCTION diptych.head() RETURNS bigint
    LANGUAGE sql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(pg_sequence_last_value('diptych.event_position'), 0)
$$;

REVOKE ALL ON FUNCTION diptych.head() FROM PUBLIC;
