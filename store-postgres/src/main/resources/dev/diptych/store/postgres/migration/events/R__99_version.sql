-- The roles get what is new in this version, and the store a history, should it have none. Then what the program asks
-- for at its start: this number goes up with every change in this folder.
SELECT diptych.grant_roles();
SELECT diptych.enter_history(false);

INSERT INTO diptych.schema_version (component, version)
VALUES ('events', 9)
ON CONFLICT (component) DO UPDATE SET version = excluded.version;
