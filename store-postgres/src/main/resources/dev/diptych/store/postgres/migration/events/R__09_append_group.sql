-- Does several appends in one transaction, each with an outcome of its own. Called by the writer, for appends that came at
-- the same time, each to another stream. It never waits: an append that would have to is busy, see diptych.append.
--
-- The first four arrays and p_counts have one element for each append, p_counts how many events it has. The others have one
-- element for each event: those of the first append, then those of the second, and so on.
--
-- Returns one row for each append, in their order, as diptych.append does. Uses no index of its own.
CREATE OR REPLACE FUNCTION diptych.append_group(
    p_streams         text[],
    p_expected        bigint[],
    p_commands        text[],
    p_fingerprints    text[],
    p_counts          integer[],
    p_types           text[],
    p_schema_versions integer[],
    p_payloads        text[],
    p_metadata        text[]
) RETURNS TABLE (outcome text, stream text, version bigint, "position" bigint, fingerprint text)
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    first integer := 1;
    last  integer;
BEGIN
    FOR n IN 1 .. cardinality(p_streams) LOOP
        last := first + p_counts[n] - 1;
        SELECT a.outcome, a.stream, a.version, a."position", a.fingerprint
          INTO outcome, stream, version, "position", fingerprint
          FROM diptych.append(
                   false, p_streams[n], p_expected[n], p_types[first:last], p_schema_versions[first:last],
                   p_payloads[first:last], p_metadata[first:last], p_commands[n], p_fingerprints[n]) a;
        RETURN NEXT;
        first := last + 1;
    END LOOP;
END
$$;

REVOKE ALL ON FUNCTION diptych.append_group(
    text[], bigint[], text[], text[], integer[], text[], integer[], text[], text[]) FROM PUBLIC;
