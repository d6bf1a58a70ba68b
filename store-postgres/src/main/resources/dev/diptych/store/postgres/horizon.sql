-- PostgresEventStore.readAll: one position, see migration/events/R__03_horizon.sql.
SELECT diptych.horizon()
