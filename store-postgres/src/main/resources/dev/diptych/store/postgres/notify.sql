-- PostgresWakeUps: tells the other processes that events were stored, after they were. Returns one empty row.
SELECT pg_notify('diptych_events', '')
