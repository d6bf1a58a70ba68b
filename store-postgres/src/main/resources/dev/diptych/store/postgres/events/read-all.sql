-- PostgresEventStore.readAll: returns the events after a position, up to the horizon, which an earlier statement has
-- read. Served by events_by_position.
SELECT position, version, type, schema_version, payload, metadata, recorded_at, stream_name
  FROM diptych.events
 WHERE position > ? AND position <= ?
 ORDER BY position
 LIMIT ?
