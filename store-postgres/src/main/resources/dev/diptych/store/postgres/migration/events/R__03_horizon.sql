-- Up to where all events can be read: every position at or below it is either visible to a statement that begins after
-- this one, or was drawn for an append that came to nothing. Such a position may be drawn again after a crash, so a
-- reader remembers positions of events, and never this one. Called by the projector, as a statement of its own, before
-- it reads events. Returns one position, 0 when there is none; it may be lower than the time before.
--
-- Two looks, in this order. What had been drawn at the first look was drawn by transactions that had registered before
-- they drew (diptych.append does), so each of them is still registered at the second look, or has ended: a transaction
-- lets go of its locks after what it did can be seen.
CREATE OR REPLACE FUNCTION diptych.horizon() RETURNS bigint
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    drawn  bigint;
    oldest bigint;
BEGIN
    IF pg_is_in_recovery() THEN
        RAISE EXCEPTION 'diptych.horizon cannot run on a standby: it does not show who is appending'
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
