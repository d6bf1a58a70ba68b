-- Appender.callOne: an array of texts, see migration/events/R__02_append.sql.
SELECT diptych.append(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
