-- PostgresWakeUps: subscribes this connection to notifications of appends.
LISTEN diptych_events
