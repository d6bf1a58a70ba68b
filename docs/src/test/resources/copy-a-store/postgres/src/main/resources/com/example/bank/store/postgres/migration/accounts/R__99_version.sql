-- What the program asks for at its start. Goes up with every change in this folder.
INSERT INTO diptych.schema_version (component, version)
VALUES ('accounts', 1)
ON CONFLICT (component) DO UPDATE SET version = excluded.version;
