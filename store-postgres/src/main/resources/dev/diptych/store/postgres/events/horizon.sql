-- PostgresEventStore.readAll: returns the horizon, see migration/events/R__03_horizon.sql, and, if the horizon is at or
-- after a position, that of an event at or below the horizon, usually the last. Served by events_by_position.
SELECT h.horizon,
       CASE WHEN h.horizon >= ? THEN (SELECT max(e.position) FROM diptych.events e WHERE e.position <= h.horizon) END
  FROM diptych.horizon() AS h (horizon)
