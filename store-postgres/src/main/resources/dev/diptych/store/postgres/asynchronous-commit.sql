-- PostgresWakeUps: commits of this connection do not wait for the disk. It sends notifications, and writes nothing.
SELECT set_config('synchronous_commit', 'off', false)
