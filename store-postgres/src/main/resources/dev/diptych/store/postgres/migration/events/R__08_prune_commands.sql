-- Prunes command ids older than p_age, oldest first, at most p_limit. Returns the number of ids pruned. Called by the
-- writer, regularly and in small batches, with the privileges of the owner, because the writer may not delete rows.
--
-- Skips locked rows, so it neither blocks nor waits for appends or other pruning. The time limit is a variable, so that
-- commands_by_age serves it: a volatile expression in the condition would read the whole index.
CREATE OR REPLACE FUNCTION diptych.prune_commands(p_age interval, p_limit integer) RETURNS integer
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    pruned integer;
    until     timestamptz := clock_timestamp() - p_age;
BEGIN
    IF p_age IS NULL OR p_age < interval '24 hours' THEN
        RAISE EXCEPTION 'Command ids are kept for at least 24 hours, but were to be pruned after %', p_age
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    DELETE FROM diptych.commands c
     WHERE c.command_id IN (SELECT o.command_id
                              FROM diptych.commands o
                             WHERE o.recorded_at <= until
                             ORDER BY o.recorded_at
                             LIMIT p_limit
                               FOR UPDATE SKIP LOCKED);
    GET DIAGNOSTICS pruned = ROW_COUNT;
    RETURN pruned;
END
$$;

REVOKE ALL ON FUNCTION diptych.prune_commands(interval, integer) FROM PUBLIC;
