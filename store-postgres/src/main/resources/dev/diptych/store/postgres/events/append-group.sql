-- Appender.callGroup: returns one array of text for each append; see migration/events/R__09_append_group.sql.
SELECT diptych.append_group(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
