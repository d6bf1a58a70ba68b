-- Fails if a newer version of the program has migrated this folder: the functions below must not replace newer ones.
-- The program checks that itself; this is for Flyway or a person who runs the files without it. The number is that of
-- R__99_version.sql.
DO $$
DECLARE
    newer integer;
BEGIN
    SELECT v.version INTO newer FROM diptych.schema_version v WHERE v.component = 'events' AND v.version > 13;
    IF FOUND THEN
        RAISE EXCEPTION 'The schema of events is at version %, and these migrations are of version 13', newer
            USING ERRCODE = 'DY001';
    END IF;
END
$$;
