-- PostgresEventStore.readStream: returns the events of a stream after a version. Served by events_by_stream.
SELECT position, version, type, schema_version, payload, metadata, recorded_at
  FROM diptych.events
 WHERE stream_name = ? AND version > ?
 ORDER BY version
 LIMIT ?
