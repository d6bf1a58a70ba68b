-- A migration that locks two tables, and not the one in the strongest mode first. Waits until the test waits for the
-- first table while it has the second: the next statement completes the deadlock, and this session notices it.
LOCK TABLE diptych.checkpoints IN SHARE MODE;
DO $$ -- waits for the test
BEGIN
    WHILE EXISTS (SELECT FROM pg_locks WHERE relation = 'diptych.leases'::regclass AND mode = 'RowExclusiveLock')
        AND NOT EXISTS (SELECT FROM pg_locks WHERE relation = 'diptych.checkpoints'::regclass AND NOT granted)
    LOOP
        PERFORM pg_sleep(0.01);
    END LOOP;
END
$$;
SET LOCAL deadlock_timeout = '10ms';
LOCK TABLE diptych.leases IN ACCESS EXCLUSIVE MODE;
CREATE TABLE diptych.deadlock ();
