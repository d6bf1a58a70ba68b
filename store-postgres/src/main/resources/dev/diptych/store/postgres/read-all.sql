-- PostgresEventStore.readAll: the events after a position, up to the horizon that was asked for before, in a statement
-- of its own. Served by events_by_position.
SELECT position, version, type, schema_version, payload, metadata, recorded_at, stream_name
  FROM diptych.events
 WHERE position > ? AND position <= ?
 ORDER BY position
 LIMIT ?
