-- Returns values that identify the current history, because a fail-over or a restore changes at least one of them.
-- Called by the functions below; fails on a standby.
CREATE OR REPLACE FUNCTION diptych.origin(
    OUT system_identifier bigint, OUT timeline bigint, OUT database_oid oid, OUT events_oid oid)
    LANGUAGE sql
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT c.system_identifier,
           ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::bigint, -- pg_control_checkpoint() may lag
           (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()),
           'diptych.events'::regclass::oid
      FROM pg_control_system() c
$$;

-- Adds a history, which becomes the current one, and returns its id. Called by the functions below, which hold the
-- lock.
CREATE OR REPLACE FUNCTION diptych.add_history() RETURNS text
    LANGUAGE sql
    SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO diptych.histories (number, id, system_identifier, timeline, database_oid, events_oid)
    SELECT coalesce((SELECT max(h.number) FROM diptych.histories h), 0) + 1,
           left(replace(gen_random_uuid()::text, '-', ''), 12), o.*
      FROM diptych.origin() o
    RETURNING id
$$;

-- Returns the id of the current history, and begins a new one if the identifying values have changed. Called by writers
-- and projectors, once for each connection, in a transaction of its own: the timeline of a server that accepts writes
-- cannot change while a connection is open.
--
-- Fails if the server does not accept writes, and if the next position would not be after all events. With p_appends,
-- also fails if the next position would not be after all checkpoints, because projections would skip the event.
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

    -- The lock serializes calls: of two that would begin a history, the second finds the one that the first began.
    PERFORM pg_advisory_xact_lock(17484);
    SELECT * INTO present FROM diptych.histories h ORDER BY h.number DESC LIMIT 1;
    IF NOT FOUND OR (present.system_identifier, present.timeline, present.database_oid, present.events_oid)
        IS DISTINCT FROM (SELECT (o.system_identifier, o.timeline, o.database_oid, o.events_oid)
                            FROM diptych.origin() o)
    THEN
        present.id := diptych.add_history();
    END IF;

    -- Reads the positions in use before the sequence, which can only grow in between.
    SELECT greatest(diptych.head(),
                    (SELECT max(c.position) FROM diptych.checkpoints c WHERE p_appends),
                    (SELECT max(c.position) FROM diptych.copies c WHERE p_appends)) INTO used;
    drawn := coalesce(pg_sequence_last_value('diptych.event_position'), 0);
    IF used > drawn THEN
        RAISE EXCEPTION 'The sequence diptych.event_position is at %, but position % is in use, by an event or a'
            ' checkpoint, so projections would skip new events. Set it to the position of the last event, and rebuild'
            ' the projections that are ahead of it', drawn, used USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN present.id;
END
$$;

-- Begins a new history and returns its id. For restores that change none of the identifying values: of a disk snapshot,
-- of a base backup started without recovery.signal, or of rows only. Called by the owner while no other session is
-- connected to the database, because each connection of a node reads the history only once.
CREATE OR REPLACE FUNCTION diptych.begin_history() RETURNS text
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    others text;
BEGIN
    PERFORM pg_advisory_xact_lock(17484); -- new connections wait for it before they read the history
    SELECT string_agg(format('%s (pid %s)', a.usename, a.pid), ', ')
      INTO others
      FROM pg_stat_activity a
     WHERE a.datname = current_database()
       AND a.pid <> pg_backend_pid()
       AND a.usename IS NOT NULL;
    IF others IS NOT NULL THEN
        RAISE EXCEPTION 'A new history requires that no other session is connected, but these are: %', others
            USING ERRCODE = 'object_in_use', HINT = 'Stop the nodes.';
    END IF;
    RETURN diptych.add_history();
END
$$;

REVOKE ALL ON FUNCTION diptych.origin() FROM PUBLIC;
REVOKE ALL ON FUNCTION diptych.add_history() FROM PUBLIC;
REVOKE ALL ON FUNCTION diptych.enter_history(boolean) FROM PUBLIC;
REVOKE ALL ON FUNCTION diptych.begin_history() FROM PUBLIC;
