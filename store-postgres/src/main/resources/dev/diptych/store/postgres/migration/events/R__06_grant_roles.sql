-- Grants each role the privileges that it needs. Called by the migrations, and by an administrator after creating the
-- roles. Skips roles that do not exist.
CREATE OR REPLACE FUNCTION diptych.grant_roles() RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    role       text;
    read_model text;
BEGIN
    FOR role IN SELECT rolname FROM pg_roles
                 WHERE rolname IN ('diptych_writer', 'diptych_projector', 'diptych_reader') LOOP
        EXECUTE format('GRANT USAGE ON SCHEMA diptych TO %I', role);
        EXECUTE format('GRANT SELECT ON diptych.schema_version, diptych.histories TO %I', role);
        EXECUTE format('GRANT EXECUTE ON FUNCTION diptych.head() TO %I', role);
        IF role IN ('diptych_writer', 'diptych_projector') THEN
            EXECUTE format('GRANT EXECUTE ON FUNCTION diptych.enter_history(boolean) TO %I', role);
        END IF;
        IF role = 'diptych_writer' THEN
            EXECUTE format('GRANT SELECT ON diptych.events, diptych.commands TO %I', role);
            EXECUTE format('GRANT EXECUTE ON FUNCTION diptych.append(boolean, text, bigint, text, text, text, integer,'
                || ' text, text, text[], integer[], text[], text[]) TO %I', role);
            EXECUTE format('GRANT EXECUTE ON FUNCTION diptych.append_group(text[], bigint[], text[], text[], integer[],'
                || ' text[], integer[], text[], text[]) TO %I', role);
            EXECUTE format('GRANT EXECUTE ON FUNCTION diptych.prune_commands(interval, integer) TO %I', role);
            EXECUTE format('GRANT EXECUTE ON FUNCTION diptych.oldest_append() TO %I', role);
        ELSIF role = 'diptych_projector' THEN
            EXECUTE format('GRANT SELECT ON diptych.events, diptych.event_position TO %I', role);
            EXECUTE format('GRANT EXECUTE ON FUNCTION diptych.horizon(), diptych.oldest_append() TO %I', role);
            EXECUTE format('GRANT SELECT, INSERT, UPDATE ON diptych.checkpoints, diptych.leases TO %I', role);
        ELSE
            EXECUTE format('GRANT SELECT ON diptych.checkpoints, diptych.leases TO %I', role);
        END IF;
        FOR read_model IN SELECT r.table_name FROM diptych.read_models r LOOP
            IF role = 'diptych_projector' THEN
                EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON diptych.%I TO %I', read_model, role);
            ELSIF role = 'diptych_reader' THEN
                EXECUTE format('GRANT SELECT ON diptych.%I TO %I', read_model, role);
            END IF;
        END LOOP;
    END LOOP;
END
$$;

REVOKE ALL ON FUNCTION diptych.grant_roles() FROM PUBLIC;
