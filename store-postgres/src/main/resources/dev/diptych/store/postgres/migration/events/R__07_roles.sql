-- Creates the three roles if the migrating user has the privilege. They cannot log in: login users are made members of
-- them. Otherwise, an administrator creates them, and the owner of the schema then calls diptych.grant_roles().
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
                RAISE NOTICE 'The role % does not exist, and % does not have the privilege to create it',
                    role, current_user;
            WHEN duplicate_object OR unique_violation THEN
                NULL; -- roles are shared by all databases: a concurrent migration created it
        END;
    END LOOP;
END
$$;
