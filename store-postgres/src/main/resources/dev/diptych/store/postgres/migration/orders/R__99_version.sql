-- What the program asks for at its start. Goes up with every change in this folder.
INSERT INTO diptych.schema_version (component, version)
VALUES ('orders', 4)
ON CONFLICT (component) DO UPDATE SET version = excluded.version;
