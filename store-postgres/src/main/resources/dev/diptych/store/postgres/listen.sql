-- PostgresWakeUps: from now on this connection is told when events were stored.
LISTEN diptych_events
