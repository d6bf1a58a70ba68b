-- PostgresSchema.require: one row, or none when the component's migrations have not run.
SELECT version
  FROM diptych.schema_version
 WHERE component = ?
