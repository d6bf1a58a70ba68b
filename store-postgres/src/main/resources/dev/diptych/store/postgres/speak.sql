-- PostgresWakeUps: this connection does not wait for the disk when it says that events were stored: they are there already.
SELECT set_config('synchronous_commit', 'off', false)
