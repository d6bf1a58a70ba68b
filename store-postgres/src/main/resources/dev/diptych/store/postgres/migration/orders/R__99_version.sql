-- Records the version that the program checks at start. The number increases with each change in this folder.
INSERT INTO diptych.schema_version (component, version)
VALUES ('orders', 4)
ON CONFLICT (component) DO UPDATE SET version = excluded.version;
