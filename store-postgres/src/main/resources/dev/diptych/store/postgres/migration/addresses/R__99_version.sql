-- Records the version that the program checks at start. The number increases with each change in this folder, and never
-- decreases in the database.
INSERT INTO diptych.schema_version (component, version)
VALUES ('addresses', 1)
ON CONFLICT (component) DO UPDATE SET version = greatest(schema_version.version, excluded.version);
