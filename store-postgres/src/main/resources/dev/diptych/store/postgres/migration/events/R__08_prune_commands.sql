-- Forgets command ids that were stored longer ago than p_age, the oldest first, p_limit at the most. Called by the writer,
-- who may not delete by itself, now and then and in small batches. Returns how many were forgotten.
--
-- Rows that somebody else has locked are left to them: nobody waits, neither appends nor others who prune.
-- commands_by_age serves the search, for a time that is worked out once: asked for with each row, it would have the index
-- read from the oldest id to the newest.
CREATE OR REPLACE FUNCTION diptych.prune_commands(p_age interval, p_limit integer) RETURNS integer
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    forgotten integer;
    until     timestamptz := clock_timestamp() - p_age;
BEGIN
    IF p_age IS NULL OR p_age < interval '24 hours' THEN
        RAISE EXCEPTION 'Command ids are kept for 24 hours at least, not for %', p_age
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    DELETE FROM diptych.commands c
     WHERE c.command_id IN (SELECT o.command_id
                              FROM diptych.commands o
                             WHERE o.recorded_at <= until
                             ORDER BY o.recorded_at
                             LIMIT p_limit
                               FOR UPDATE SKIP LOCKED);
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    RETURN forgotten;
END
$$;

REVOKE ALL ON FUNCTION diptych.prune_commands(interval, integer) FROM PUBLIC;
