-- Appender.callOne: one row, see migration/events/R__02_append.sql.
SELECT outcome, stream, version, "position", fingerprint
  FROM diptych.append(?, ?, ?, ?, ?, ?, ?, ?, ?)
