-- PostgresHeldAppends.begin: appends an event in a transaction that will be rolled back, and that the server ends when
-- it has been idle for the given number of milliseconds; see migration/events/R__02_append.sql. Each session has a
-- stream of its own, or it would wait for another. Returns one row.
SELECT set_config('idle_in_transaction_session_timeout', ?, true),
       diptych.append(true, 'lab-held-' || pg_backend_pid(), 'any', NULL, true, NULL, NULL,
                      'append-held', 1, '{}', '{}', NULL, NULL, NULL, NULL)
