-- PostgresAppends.oldest: no row or one, see migration/events/R__10_oldest_append.sql.
SELECT pid, age FROM diptych.oldest_append()
