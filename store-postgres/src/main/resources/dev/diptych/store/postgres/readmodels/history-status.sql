-- PostgresCheckpoints.statusOf: returns one row, a name of Checkpoints.HistoryStatus. Served by histories_by_number and
-- histories_by_id.
SELECT CASE
           WHEN h.id = (SELECT p.id FROM diptych.histories p ORDER BY p.number DESC LIMIT 1) THEN 'PRESENT'
           WHEN h.id IS NOT NULL THEN 'SUPERSEDED'
           WHEN pg_is_in_recovery() THEN 'NOT_HERE_YET'
           ELSE 'UNKNOWN'
       END AS status
  FROM (VALUES (?)) AS asked (id)
  LEFT JOIN diptych.histories h ON h.id = asked.id
