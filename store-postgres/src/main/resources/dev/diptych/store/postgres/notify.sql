-- PostgresWakeUps: notifies other processes after an append was committed. Returns one empty row.
SELECT pg_notify('diptych_events', '')
