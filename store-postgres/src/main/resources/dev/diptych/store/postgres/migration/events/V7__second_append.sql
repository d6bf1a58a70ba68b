-- Removes the second form of diptych.append, which took every event out of an array, and the first of diptych.append_group,
-- which returned rows of columns. A fresh database has never had them.
DO $$
BEGIN
    IF to_regprocedure('diptych.append(boolean, text, bigint, text[], integer[], text[], text[], text, text)') IS NOT NULL
    THEN
        DROP FUNCTION diptych.append(boolean, text, bigint, text[], integer[], text[], text[], text, text);
    END IF;
    IF to_regprocedure('diptych.append_group(text[], bigint[], text[], text[], integer[], text[], integer[], text[], text[])')
        IS NOT NULL
    THEN
        DROP FUNCTION diptych.append_group(
            text[], bigint[], text[], text[], integer[], text[], integer[], text[], text[]);
    END IF;
END
$$;
