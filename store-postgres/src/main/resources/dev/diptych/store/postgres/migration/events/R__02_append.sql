-- Appends events to one stream: the only way in which events come into being. Called once for each command, by the
-- writer, with a transaction of its own, or by diptych.append_group together with others.
--
-- p_wait says what to do when another transaction is about to append to the stream, or has the command id in hand.
-- p_expected is the version that the stream must have: 0 for a stream that must not exist, -1 for one that must, null for
-- any. The four arrays have one element for each event; they may be empty. p_command and p_fingerprint are both null or both not.
--
-- Returns one row. outcome is
--   appended: stored; version and position are the stream's last ones now (0 when it has none);
--   conflict: nothing stored; version and position are the stream's last ones;
--   known:    nothing stored; the command id was stored before, with this stream, version, position and fingerprint;
--   busy:     nothing stored; it would have had to wait, and was told not to.
--
-- events_by_stream serves the look at the stream, commands_by_id the look at the command id.
CREATE OR REPLACE FUNCTION diptych.append(
    p_wait            boolean,
    p_stream          text,
    p_expected        bigint,
    p_types           text[],
    p_schema_versions integer[],
    p_payloads        text[],
    p_metadata        text[],
    p_command         text,
    p_fingerprint     text,
    OUT outcome       text,
    OUT stream        text,
    OUT version       bigint,
    OUT "position"    bigint,
    OUT fingerprint   text
)
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- Each statement below has to see what was committed while the one before it waited.
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'diptych.append needs the isolation level read committed, not %',
            current_setting('transaction_isolation') USING ERRCODE = 'invalid_transaction_state';
    END IF;

    -- An append is on disk before it is acknowledged, whatever the server was set to for everything else.
    IF current_setting('synchronous_commit') = 'off' THEN
        PERFORM set_config('synchronous_commit', 'on', true);
    END IF;

    -- First all that may have to wait. The command id before the stream, everywhere: nobody waits in a circle.
    IF p_command IS NOT NULL THEN
        IF p_wait THEN
            PERFORM pg_advisory_xact_lock(17482, hashtext(p_command));
        ELSIF NOT pg_try_advisory_xact_lock(17482, hashtext(p_command)) THEN
            outcome := 'busy';
            RETURN;
        END IF;
        SELECT 'known', c.stream_name, c.version, c.position, c.fingerprint
          INTO outcome, stream, version, "position", fingerprint
          FROM diptych.commands c
         WHERE c.command_id = p_command;
        IF FOUND THEN
            RETURN;
        END IF;
    END IF;
    IF p_wait THEN
        PERFORM pg_advisory_xact_lock(17483, hashtext(p_stream));
    ELSIF NOT pg_try_advisory_xact_lock(17483, hashtext(p_stream)) THEN
        outcome := 'busy';
        RETURN;
    END IF;

    stream := p_stream;
    SELECT e.version, e.position
      INTO version, "position"
      FROM diptych.events e
     WHERE e.stream_name = p_stream
     ORDER BY e.version DESC
     LIMIT 1;
    IF NOT FOUND THEN
        version := 0;
        "position" := 0;
    END IF;
    IF p_expected <> version AND NOT (p_expected = -1 AND version > 0) THEN
        outcome := 'conflict';
        RETURN;
    END IF;

    IF cardinality(p_types) > 0 THEN
        -- Register before drawing positions: as long as this transaction runs, diptych.horizon() stays at or below what
        -- had been drawn before it. The lock goes when the transaction ends, and not before its events can be seen.
        PERFORM pg_advisory_xact_lock_shared(
            (17481::bigint << 48) | coalesce(pg_sequence_last_value('diptych.event_position'), 0));
        WITH stored AS (
            INSERT INTO diptych.events (position, stream_name, version, type, schema_version, payload, metadata)
            SELECT nextval('diptych.event_position'), p_stream, append.version + e.number, e.type, e.schema_version,
                   e.payload::json, e.metadata::json
              FROM (SELECT *
                      FROM unnest(p_types, p_schema_versions, p_payloads, p_metadata)
                           WITH ORDINALITY AS u (type, schema_version, payload, metadata, number)
                     ORDER BY u.number) e
            RETURNING events.position
        )
        SELECT append.version + count(*), max(stored.position) INTO version, "position" FROM stored;
    END IF;

    IF p_command IS NOT NULL THEN
        INSERT INTO diptych.commands (command_id, fingerprint, stream_name, version, position)
        VALUES (p_command, p_fingerprint, p_stream, append.version, append."position");
    END IF;
    outcome := 'appended';
END
$$;

REVOKE ALL ON FUNCTION diptych.append(boolean, text, bigint, text[], integer[], text[], text[], text, text) FROM PUBLIC;
