-- The roles get what is new in this version. Then what the program asks for at its start: this number goes up with every
-- change in this folder.
SELECT diptych.grant_roles();

INSERT INTO diptych.schema_version (component, version)
VALUES ('events', 8)
ON CONFLICT (component) DO UPDATE SET version = excluded.version;
