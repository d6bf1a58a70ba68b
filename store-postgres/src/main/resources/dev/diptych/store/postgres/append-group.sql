-- Appender.callGroup: one row for each append, see migration/events/R__09_append_group.sql.
SELECT outcome, stream, version, "position", fingerprint
  FROM diptych.append_group(?, ?, ?, ?, ?, ?, ?, ?, ?)
