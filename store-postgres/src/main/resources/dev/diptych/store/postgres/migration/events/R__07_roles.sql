-- Creates the three roles, where the migrating user may. They cannot log in: make your users members of them. Where the
-- user may not, somebody who may creates them, and the owner of the schema calls diptych.grant_roles().
DO $$
DECLARE
    role text;
BEGIN
    FOREACH role IN ARRAY ARRAY['diptych_writer', 'diptych_projector', 'diptych_reader'] LOOP
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
                EXECUTE format('CREATE ROLE %I NOLOGIN', role);
            END IF;
        EXCEPTION
            WHEN insufficient_privilege THEN
                RAISE NOTICE 'The role % is missing, and % may not create it', role, current_user;
            WHEN duplicate_object OR unique_violation THEN
                NULL; -- roles belong to all databases: another migration was faster
        END;
    END LOOP;
END
$$;
