-- Grants each role the privileges that it needs. Called by the migrations, and by an administrator after creating the
-- roles. Skips roles that do not exist. Grants all signatures of a function: during an upgrade, it has an old one too.
CREATE OR REPLACE FUNCTION diptych.grant_roles() RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    role        text;
    functions   text[];
    function    regprocedure;
    read_model  text;
    plain_table text;
BEGIN
    FOR role IN SELECT rolname FROM pg_roles
                 WHERE rolname IN ('diptych_writer', 'diptych_projector', 'diptych_reader') LOOP
        EXECUTE format('GRANT USAGE ON SCHEMA diptych TO %I', role);
        EXECUTE format('GRANT SELECT ON diptych.schema_version, diptych.histories TO %I', role);
        IF role = 'diptych_writer' THEN
            EXECUTE format('GRANT SELECT ON diptych.events, diptych.commands TO %I', role);
            functions := ARRAY['append', 'append_group', 'prune_commands', 'oldest_append', 'enter_history', 'head',
                               'hold_automation_lease', 'release_automation_lease'];
        ELSIF role = 'diptych_projector' THEN
            EXECUTE format('GRANT SELECT ON diptych.events, diptych.event_position TO %I', role);
            EXECUTE format('GRANT SELECT, INSERT, UPDATE ON diptych.checkpoints, diptych.leases TO %I', role);
            EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON diptych.copies TO %I', role);
            functions := ARRAY['horizon', 'oldest_append', 'enter_history', 'head', 'hold_lease'];
        ELSE
            EXECUTE format('GRANT SELECT ON diptych.checkpoints, diptych.leases TO %I', role);
            functions := ARRAY['head'];
        END IF;
        FOR function IN SELECT p.oid FROM pg_proc p
                         WHERE p.pronamespace = 'diptych'::regnamespace AND p.proname = ANY (functions) LOOP
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', function, role);
        END LOOP;
        FOR read_model IN SELECT r.table_name FROM diptych.read_models r LOOP
            IF role = 'diptych_projector' THEN
                EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON diptych.%I TO %I', read_model, role);
            ELSIF role = 'diptych_reader' THEN
                EXECUTE format('GRANT SELECT ON diptych.%I TO %I', read_model, role);
            END IF;
        END LOOP;
        FOR plain_table IN SELECT p.table_name FROM diptych.plain_tables p WHERE role = 'diptych_writer' LOOP
            EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON diptych.%I TO %I', plain_table, role);
        END LOOP;
    END LOOP;
END
$$;

REVOKE ALL ON FUNCTION diptych.grant_roles() FROM PUBLIC;
