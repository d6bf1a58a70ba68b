-- Executes several appends in one transaction, each with an outcome of its own. Called by the writer for concurrent
-- appends, each to another stream. Never waits for a lock: an append that would have to is busy, see diptych.append.
--
-- Returns the result of diptych.append for each append, in order. Uses no index of its own.
CREATE OR REPLACE FUNCTION diptych.append_group(
    -- One element for each append; the last array has its number of events.
    p_streams         text[],
    p_expectations    text[],
    p_versions        bigint[],
    p_command_ids     text[],
    p_fingerprints    text[],
    p_counts          integer[],

    -- One element for each event: those of the first append, then those of the second, and so on.
    p_types           text[],
    p_schema_versions integer[],
    p_payloads        text[],
    p_metadata        text[]
) RETURNS SETOF text[]
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    first integer := 1;
    more  integer;
    last  integer := 0;
BEGIN
    FOR n IN 1 .. cardinality(p_streams) LOOP
        last := last + p_counts[n];
        IF p_counts[n] = 1 THEN
            RETURN NEXT diptych.append(
                false, p_streams[n], p_expectations[n], p_versions[n], true, p_command_ids[n], p_fingerprints[n],
                p_types[first], p_schema_versions[first], p_payloads[first], p_metadata[first],
                NULL, NULL, NULL, NULL);
        ELSIF p_counts[n] = 0 THEN
            RETURN NEXT diptych.append(
                false, p_streams[n], p_expectations[n], p_versions[n], true, p_command_ids[n], p_fingerprints[n],
                NULL, NULL, NULL, NULL,
                NULL, NULL, NULL, NULL);
        ELSE
            more := first + 1;
            RETURN NEXT diptych.append(
                false, p_streams[n], p_expectations[n], p_versions[n], true, p_command_ids[n], p_fingerprints[n],
                p_types[first], p_schema_versions[first], p_payloads[first], p_metadata[first],
                p_types[more:last], p_schema_versions[more:last], p_payloads[more:last], p_metadata[more:last]);
        END IF;
        first := last + 1;
    END LOOP;
END
$$;

REVOKE ALL ON FUNCTION diptych.append_group(
    text[], text[], bigint[], text[], text[], integer[], text[], integer[], text[], text[]) FROM PUBLIC;
