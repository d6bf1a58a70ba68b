-- PostgresEventStore.readAll: returns one position; see migration/events/R__03_horizon.sql.
SELECT diptych.horizon()
