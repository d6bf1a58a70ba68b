-- Returns the position up to which all events can be read, 0 if there is none. Each position at or below it is either
-- visible to statements that begin later, or was drawn by a transaction that was rolled back. Such a position may be
-- drawn again after a crash, so readers must remember positions of events, and never the horizon. The result may be
-- lower than that of an earlier call. Called by the projector, as a separate statement, before it reads events.
--
-- The order of the two reads is essential. Transactions that had drawn a position by the first read had registered
-- before that (see diptych.append). At the second read, each of them is either still registered, or has ended; it
-- releases its lock only after its changes are visible.
CREATE OR REPLACE FUNCTION diptych.horizon() RETURNS bigint
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    drawn  bigint;
    oldest bigint;
BEGIN
    IF pg_is_in_recovery() THEN
        RAISE EXCEPTION 'diptych.horizon cannot run on a standby, where open appends are not visible'
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Read events from the primary.';
    END IF;
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'diptych.horizon needs the isolation level read committed, not %',
            current_setting('transaction_isolation') USING ERRCODE = 'invalid_transaction_state';
    END IF;
    IF NOT has_sequence_privilege('diptych.event_position', 'SELECT') THEN
        RAISE EXCEPTION 'diptych.horizon needs the privilege to read the sequence diptych.event_position'
            USING ERRCODE = 'insufficient_privilege', HINT = 'Run it as a member of diptych_projector.';
    END IF;

    drawn := coalesce(pg_sequence_last_value('diptych.event_position'), 0);

    SELECT min(((l.classid::bigint & 65535) << 32) | l.objid::bigint)
      INTO oldest
      FROM pg_locks l
     WHERE l.locktype = 'advisory'
       AND l.objsubid = 1
       AND l.classid::bigint >> 16 = 17481
       AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database());

    RETURN least(drawn, oldest);
END
$$;

REVOKE ALL ON FUNCTION diptych.horizon() FROM PUBLIC;
