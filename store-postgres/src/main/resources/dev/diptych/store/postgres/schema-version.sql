-- PostgresSchema.require: returns one row, or none if no migration of the component has run. Served by
-- schema_version_by_component.
SELECT version
  FROM diptych.schema_version
 WHERE component = ?
