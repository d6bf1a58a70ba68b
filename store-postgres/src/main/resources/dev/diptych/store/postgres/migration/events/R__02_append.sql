-- Appends events to one stream; no other code inserts events. In this order: lock the command id; if it is known, stop
-- with what was stored; lock the stream; compare its version with the expectation; take the lock that keeps readers
-- below the new positions; insert the events; insert the command id. Called by the writer, alone in a transaction, or
-- by diptych.append_group, several times in one transaction.
--
-- Returns an array of text, which is faster than a row. The first element is the outcome, and determines the others:
--   appended, version, position: stored; the stream's last version and position (0 and 0 if it has no events, which is
--     possible because a call may have no events)
--   conflict, version: nothing stored; the stream's version
--   known, version, position, stream, fingerprint: nothing stored now; what was stored earlier with the command id. The
--     caller compares the fingerprints.
--   busy: nothing stored; p_wait is false, and another transaction holds a lock
--
-- Index events_by_stream serves reading the stream's version, commands_by_id looking up the command id. Locks are held
-- until the end of the transaction. Their keys begin with 17481 for the horizon, 17482 for a command id, and 17483 for
-- a stream; two ids with the same hash cause only needless waiting, or 'busy'.
CREATE OR REPLACE FUNCTION diptych.append(
    -- Whether to wait while another transaction appends to the stream or uses the command id. If false, the result is
    -- 'busy' instead.
    p_wait                 boolean,

    -- The stream, and what it must be like: 'none' (it has no events), 'exactly' (it is at p_version), 'exists' (it has
    -- events) or 'any'. The caller passes a null p_version with 'exactly' if the version is of another history: then
    -- the result is 'conflict'.
    p_stream               text,
    p_expectation          text,
    p_version              bigint,

    -- Matters only for 'none' with an event: if false, the stream is not read, and the unique key events_by_stream
    -- detects that it exists. The call then fails with unique_violation, and can be repeated with true, in a new
    -- transaction.
    p_look_first           boolean,

    -- The id and the fingerprint of the command; null if it has none.
    p_command_id           text,
    p_fingerprint          text,

    -- The first event; null if there is none. Most appends have one event, and unpacking an array takes longer than
    -- inserting an event.
    p_type                 text,
    p_schema_version       integer,
    p_payload              text,
    p_metadata             text,

    -- The events after the first, arrays of the same length; null if there are none.
    p_more_types           text[],
    p_more_schema_versions integer[],
    p_more_payloads        text[],
    p_more_metadata        text[]
) RETURNS text[]
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    known         text[];
    registered    text;
    last_version  bigint;
    last_position bigint;
BEGIN
    -- PL/pgSQL prepares each expression again in every transaction, so one condition tests both settings, and the cases
    -- are separated inside.
    IF current_setting('transaction_isolation') <> 'read committed'
        OR current_setting('synchronous_commit') = 'off'
    THEN
        -- The statements below must see what was committed while this one waited for a lock: only read committed gives
        -- each statement a new snapshot.
        IF current_setting('transaction_isolation') <> 'read committed' THEN
            RAISE EXCEPTION 'diptych.append needs the isolation level read committed, not %',
                current_setting('transaction_isolation') USING ERRCODE = 'invalid_transaction_state';
        END IF;
        -- An append is durable before it is acknowledged, whatever the default of the server or the role. All other
        -- settings write at least to the local disk.
        PERFORM set_config('synchronous_commit', 'on', true);
    END IF;

    -- Always the command id before the stream, so that two calls cannot wait for each other. (A group locks streams in
    -- any order, so it does not wait.)
    IF p_command_id IS NOT NULL THEN
        IF p_wait THEN
            PERFORM pg_advisory_xact_lock(17482, hashtext(p_command_id));
        ELSIF NOT pg_try_advisory_xact_lock(17482, hashtext(p_command_id)) THEN
            RETURN ARRAY['busy'];
        END IF;
        SELECT ARRAY['known', c.version::text, c.position::text, c.stream_name, c.fingerprint]
          INTO known
          FROM diptych.commands c
         WHERE c.command_id = p_command_id;
        IF FOUND THEN
            RETURN known;
        END IF;
    END IF;
    IF p_wait THEN
        PERFORM pg_advisory_xact_lock(17483, hashtext(p_stream));
    ELSIF NOT pg_try_advisory_xact_lock(17483, hashtext(p_stream)) THEN
        RETURN ARRAY['busy'];
    END IF;

    -- Without a look, the first event gets version 1.
    IF p_look_first OR p_expectation <> 'none' OR p_type IS NULL THEN
        SELECT e.version, e.position
          INTO last_version, last_position
          FROM diptych.events e
         WHERE e.stream_name = p_stream
         ORDER BY e.version DESC
         LIMIT 1;
        last_version := coalesce(last_version, 0);
        last_position := coalesce(last_position, 0);
        IF (CASE p_expectation
                WHEN 'none' THEN last_version = 0
                WHEN 'exactly' THEN last_version = p_version
                WHEN 'exists' THEN last_version > 0
                WHEN 'any' THEN true
            END) IS NOT TRUE
        THEN
            -- A mismatch, a null version, or an unknown expectation.
            IF p_expectation IN ('none', 'exactly', 'exists') THEN
                RETURN ARRAY['conflict', last_version::text];
            END IF;
            RAISE EXCEPTION 'diptych.append expects none, exactly, exists or any, not %', p_expectation
                USING ERRCODE = 'invalid_parameter_value';
        END IF;
    END IF;

    IF p_type IS NOT NULL THEN
        -- Readers read up to diptych.horizon(). A shared lock whose key contains the last position drawn so far, by
        -- anyone, keeps the horizon at or below that position until this transaction has ended and its events are
        -- visible. It must be taken before positions are drawn. (It returns void; assigning that is much faster than
        -- PERFORM.)
        registered := pg_advisory_xact_lock_shared(
            (17481::bigint << 48) | coalesce(pg_sequence_last_value('diptych.event_position'), 0));
        INSERT INTO diptych.events (position, stream_name, version, type, schema_version, payload, metadata)
        VALUES (nextval('diptych.event_position'), p_stream, coalesce(last_version, 0) + 1, p_type, p_schema_version,
                p_payload::json, p_metadata::json)
        RETURNING events.version, events.position INTO last_version, last_position;

        IF p_more_types IS NOT NULL THEN
            WITH stored AS (
                INSERT INTO diptych.events (position, stream_name, version, type, schema_version, payload, metadata)
                SELECT nextval('diptych.event_position'), p_stream, last_version + e.number, e.type, e.schema_version,
                       e.payload::json, e.metadata::json
                  FROM (SELECT *
                          FROM unnest(p_more_types, p_more_schema_versions, p_more_payloads, p_more_metadata)
                               WITH ORDINALITY AS u (type, schema_version, payload, metadata, number)
                         ORDER BY u.number) e -- sorted here, so that positions are drawn in the order of the events
                RETURNING events.position
            )
            SELECT last_version + count(*), max(stored.position) INTO last_version, last_position FROM stored;
        END IF;
    END IF;

    IF p_command_id IS NOT NULL THEN
        INSERT INTO diptych.commands (command_id, fingerprint, stream_name, version, position)
        VALUES (p_command_id, p_fingerprint, p_stream, last_version, last_position);
    END IF;
    RETURN ARRAY['appended', last_version::text, last_position::text];
END
$$;

REVOKE ALL ON FUNCTION diptych.append(boolean, text, text, bigint, boolean, text, text, text, integer, text, text,
    text[], integer[], text[], text[]) FROM PUBLIC;
