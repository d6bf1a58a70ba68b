-- Removes the first form of diptych.append, which could not be told not to wait. A fresh database has never had it.
DO $$
BEGIN
    IF to_regprocedure('diptych.append(text, bigint, text[], integer[], text[], text[], text, text)') IS NOT NULL THEN
        DROP FUNCTION diptych.append(text, bigint, text[], integer[], text[], text[], text, text);
    END IF;
END
$$;
