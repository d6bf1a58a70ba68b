-- Appender.callOne: returns one array of text; see migration/events/R__02_append.sql.
SELECT diptych.append(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
