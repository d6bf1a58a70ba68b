-- Appends events to one stream. All events are inserted by this function. Called by the writer, once for each command,
-- in a transaction of its own, or by diptych.append_group together with other appends.
--
-- p_wait: whether to wait for a lock while another transaction appends to the stream or uses the command id; if false,
--   the result is 'busy' instead.
-- p_expected: the version that the stream must have. 0: the stream must not exist. -1: it must exist. null: any
--   version. -2: as 0, without reading the stream first; requires an event. If the stream exists, the call fails with
--   unique_violation, and can be repeated with 0.
-- p_command, p_fingerprint: both null or both not null.
-- p_type to p_metadata: the first event; all null if there is none. Most appends have one event, and unpacking an array
--   takes longer than inserting an event.
-- p_more_types to p_more_metadata: the other events; null if there are none.
--
-- Returns an array of text, which is faster than a row. The first element is the outcome, and determines the others:
--   appended, version, position: stored; the stream's last version and position (0 and 0 if it has no events)
--   conflict, version: nothing stored; the stream's version
--   known, version, position, stream, fingerprint: nothing stored; what was stored with the command id before
--   busy: nothing stored; a lock was not available, and p_wait was false
--
-- events_by_stream serves reading the stream's version, commands_by_id looking up the command id.
CREATE OR REPLACE FUNCTION diptych.append(
    p_wait                 boolean,
    p_stream               text,
    p_expected             bigint,
    p_command              text,
    p_fingerprint          text,
    p_type                 text,
    p_schema_version       integer,
    p_payload              text,
    p_metadata             text,
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
    -- Expressions are prepared again in each transaction, so the common path has few: one condition covers both
    -- settings.
    IF current_setting('transaction_isolation') <> 'read committed'
        OR current_setting('synchronous_commit') = 'off'
    THEN
        -- Each statement below must see what was committed while the previous one waited.
        IF current_setting('transaction_isolation') <> 'read committed' THEN
            RAISE EXCEPTION 'diptych.append needs the isolation level read committed, not %',
                current_setting('transaction_isolation') USING ERRCODE = 'invalid_transaction_state';
        END IF;
        -- An append is durable before it is acknowledged, whatever the default of the server or the role.
        PERFORM set_config('synchronous_commit', 'on', true);
    END IF;

    -- All locks first. Always the command id before the stream, so that no deadlock is possible.
    IF p_command IS NOT NULL THEN
        IF p_wait THEN
            PERFORM pg_advisory_xact_lock(17482, hashtext(p_command));
        ELSIF NOT pg_try_advisory_xact_lock(17482, hashtext(p_command)) THEN
            RETURN ARRAY['busy'];
        END IF;
        SELECT ARRAY['known', c.version::text, c.position::text, c.stream_name, c.fingerprint]
          INTO known
          FROM diptych.commands c
         WHERE c.command_id = p_command;
        IF FOUND THEN
            RETURN known;
        END IF;
    END IF;
    IF p_wait THEN
        PERFORM pg_advisory_xact_lock(17483, hashtext(p_stream));
    ELSIF NOT pg_try_advisory_xact_lock(17483, hashtext(p_stream)) THEN
        RETURN ARRAY['busy'];
    END IF;

    -- With -2, the unique index checks that the stream does not exist.
    IF p_expected IS DISTINCT FROM -2 THEN
        SELECT e.version, e.position
          INTO last_version, last_position
          FROM diptych.events e
         WHERE e.stream_name = p_stream
         ORDER BY e.version DESC
         LIMIT 1;
        last_version := coalesce(last_version, 0);
        last_position := coalesce(last_position, 0);
        IF p_expected <> last_version AND NOT (p_expected = -1 AND last_version > 0) THEN
            RETURN ARRAY['conflict', last_version::text];
        END IF;
    END IF;

    IF p_type IS NOT NULL THEN
        -- Registers before drawing positions: while this transaction runs, diptych.horizon() stays at or below the last
        -- position drawn before. The lock is released when the transaction ends, after its events are visible. (The
        -- function returns void; assigning the result is much faster than PERFORM.)
        registered := pg_advisory_xact_lock_shared(
            (17481::bigint << 48) | coalesce(pg_sequence_last_value('diptych.event_position'), 0));
        INSERT INTO diptych.events (position, stream_name, version, type, schema_version, payload, metadata)
        VALUES (nextval('diptych.event_position'), p_stream, coalesce(last_version, 0) + 1, p_type, p_schema_version,
                p_payload::json, p_metadata::json)
        RETURNING events.version, events.position INTO last_version, last_position;
    END IF;

    IF p_more_types IS NOT NULL THEN
        WITH stored AS (
            INSERT INTO diptych.events (position, stream_name, version, type, schema_version, payload, metadata)
            SELECT nextval('diptych.event_position'), p_stream, last_version + e.number, e.type, e.schema_version,
                   e.payload::json, e.metadata::json
              FROM (SELECT *
                      FROM unnest(p_more_types, p_more_schema_versions, p_more_payloads, p_more_metadata)
                           WITH ORDINALITY AS u (type, schema_version, payload, metadata, number)
                     ORDER BY u.number) e
            RETURNING events.position
        )
        SELECT last_version + count(*), max(stored.position) INTO last_version, last_position FROM stored;
    END IF;

    IF p_command IS NOT NULL THEN
        INSERT INTO diptych.commands (command_id, fingerprint, stream_name, version, position)
        VALUES (p_command, p_fingerprint, p_stream, last_version, last_position);
    END IF;
    RETURN ARRAY['appended', last_version::text, last_position::text];
END
$$;

REVOKE ALL ON FUNCTION diptych.append(boolean, text, bigint, text, text, text, integer, text, text, text[], integer[],
    text[], text[]) FROM PUBLIC;
