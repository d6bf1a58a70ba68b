-- PostgresEventStore.findCommand: returns one row or none. Served by commands_by_id.
SELECT fingerprint, stream_name, version, position
  FROM diptych.commands
 WHERE command_id = ?
