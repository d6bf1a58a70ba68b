-- Grants the privileges of this version to the roles, makes sure that the store has a history, and records the version
-- that the program checks at start. The number increases with each change in this folder, and never decreases in the
-- database. Numbers below 13 are those of schemas before the first release.
SELECT diptych.grant_roles();
SELECT diptych.enter_history(false);

INSERT INTO diptych.schema_version (component, version)
VALUES ('events', 13)
ON CONFLICT (component) DO UPDATE SET version = greatest(schema_version.version, excluded.version);
