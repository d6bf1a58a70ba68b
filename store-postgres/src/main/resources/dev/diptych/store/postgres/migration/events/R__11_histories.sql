-- Where this is: what is another after a fail-over or a restore. Called by the two functions below; refused on a
-- standby.
CREATE OR REPLACE FUNCTION diptych.whereabouts(
    OUT system_identifier bigint, OUT timeline bigint, OUT database_oid oid, OUT events_oid oid)
    LANGUAGE sql
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT c.system_identifier,
           ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::bigint, -- pg_control_checkpoint() may be behind
           (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()),
           'diptych.events'::regclass::oid
      FROM pg_control_system() c
$$;

-- Adds a history, which is the present one from then on. Called by the two functions below, which hold the lock.
-- Returns its id.
CREATE OR REPLACE FUNCTION diptych.add_history() RETURNS text
    LANGUAGE sql
    SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO diptych.histories (number, id, system_identifier, timeline, database_oid, events_oid)
    SELECT coalesce((SELECT max(h.number) FROM diptych.histories h), 0) + 1,
           left(replace(gen_random_uuid()::text, '-', ''), 12), w.*
      FROM diptych.whereabouts() w
    RETURNING id
$$;

-- Says in which history the events of this connection are, and begins a new one where that is due. Called by writers
-- and projectors, once for each connection, in a transaction of its own: the timeline of a server that can be written
-- cannot change under a connection. Returns the id of the present history.
--
-- Refuses where nothing can be written, as on a standby, and where the next event would not come after those that are
-- there; if p_appends, also where it would not come after every checkpoint, so that a projection would never see it.
CREATE OR REPLACE FUNCTION diptych.enter_history(p_appends boolean) RETURNS text
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    present diptych.histories;
    used    bigint;
    drawn   bigint;
BEGIN
    IF current_setting('transaction_read_only') = 'on' THEN
        RAISE EXCEPTION 'The database cannot be written here: it is a standby, or read-only'
            USING ERRCODE = 'read_only_sql_transaction';
    END IF;
    IF current_setting('synchronous_commit') = 'off' THEN
        PERFORM set_config('synchronous_commit', 'on', true);
    END IF;

    -- One after the other: of two who find that the history is of the past, the second finds the new one of the first.
    PERFORM pg_advisory_xact_lock(17484);
    SELECT * INTO present FROM diptych.histories h ORDER BY h.number DESC LIMIT 1;
    IF NOT FOUND OR (present.system_identifier, present.timeline, present.database_oid, present.events_oid)
        IS DISTINCT FROM (SELECT (w.system_identifier, w.timeline, w.database_oid, w.events_oid) FROM diptych.whereabouts() w)
    THEN
        present.id := diptych.add_history();
    END IF;

    -- First what is used: what has been drawn only grows meanwhile.
    SELECT greatest(diptych.head(), (SELECT max(c.position) FROM diptych.checkpoints c WHERE p_appends)) INTO used;
    drawn := coalesce(pg_sequence_last_value('diptych.event_position'), 0);
    IF used > drawn THEN
        RAISE EXCEPTION 'The sequence diptych.event_position is at %, but position % is in use, by an event or a checkpoint:'
            ' projections would pass over what is appended now. Set it to the position of the last event, and rebuild the'
            ' projections that are ahead of it', drawn, used USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN present.id;
END
$$;

-- Begins a new history by hand, where nothing tells that one is due: after a snapshot of a disk, or a base backup that
-- was started without recovery.signal, or a restore of nothing but rows. Called by the owner, while nobody else is
-- connected to the database: a node's connection asks but once which history it is in. Returns the new history's id.
CREATE OR REPLACE FUNCTION diptych.begin_history() RETURNS text
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    others text;
BEGIN
    PERFORM pg_advisory_xact_lock(17484); -- who connects now waits for it before it asks
    SELECT string_agg(format('%s (pid %s)', a.usename, a.pid), ', ')
      INTO others
      FROM pg_stat_activity a
     WHERE a.datname = current_database()
       AND a.pid <> pg_backend_pid()
       AND a.usename IS NOT NULL;
    IF others IS NOT NULL THEN
        RAISE EXCEPTION 'A history is begun by hand while nobody else is connected, but these are: %', others
            USING ERRCODE = 'object_in_use', HINT = 'Stop the nodes.';
    END IF;
    RETURN diptych.add_history();
END
$$;

REVOKE ALL ON FUNCTION diptych.whereabouts() FROM PUBLIC;
REVOKE ALL ON FUNCTION diptych.add_history() FROM PUBLIC;
REVOKE ALL ON FUNCTION diptych.enter_history(boolean) FROM PUBLIC;
REVOKE ALL ON FUNCTION diptych.begin_history() FROM PUBLIC;
