-- PostgresEventStore.head: returns one position; see migration/events/R__04_head.sql.
SELECT diptych.head()
