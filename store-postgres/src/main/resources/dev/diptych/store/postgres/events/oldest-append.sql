-- PostgresOpenAppends.oldest: returns one row or none; see migration/events/R__10_oldest_append.sql.
SELECT pid, age FROM diptych.oldest_append()
