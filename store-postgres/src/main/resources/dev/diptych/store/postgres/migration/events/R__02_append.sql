-- Appends events to one stream: the only way in which events come into being. Called once for each command, by the
-- writer, with a transaction of its own, or by diptych.append_group together with others.
--
-- p_wait says what to do when another transaction is about to append to the stream, or has the command id in hand.
-- p_expected is the version that the stream must have: 0 for a stream that must not exist, -1 for one that must, null for
-- any; -2 as 0, where there is an event, without a look at the stream: if it exists, this fails with unique_violation, and can
-- be asked again with 0. p_command and p_fingerprint are both null or both not. The first event comes by itself, and all of it is null when
-- there is none; what comes after it is in the four arrays, which are null for one event. Most appends have one, and an
-- array takes longer to be taken apart than an event to be stored; the same holds for a row as the answer.
--
-- Returns texts; the first is the outcome, and what follows it depends on that:
--   appended, version, position: stored; these are the stream's last ones now (0 when it has none);
--   conflict, version: nothing stored; this is the stream's last one;
--   known, version, position, stream, fingerprint: nothing stored; the command id was stored before, with these;
--   busy: nothing stored; it would have had to wait, and was told not to.
--
-- events_by_stream serves the look at the stream, commands_by_id the look at the command id.
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
    -- What is evaluated here is prepared anew in each transaction, so there is little of it on the way that most appends
    -- take: first one look at what is nearly always as it should be.
    IF current_setting('transaction_isolation') <> 'read committed' OR current_setting('synchronous_commit') = 'off' THEN
        -- Each statement below has to see what was committed while the one before it waited.
        IF current_setting('transaction_isolation') <> 'read committed' THEN
            RAISE EXCEPTION 'diptych.append needs the isolation level read committed, not %',
                current_setting('transaction_isolation') USING ERRCODE = 'invalid_transaction_state';
        END IF;
        -- An append is on disk before it is acknowledged, whatever the server was set to for everything else.
        PERFORM set_config('synchronous_commit', 'on', true);
    END IF;

    -- First all that may have to wait. The command id before the stream, everywhere: nobody waits in a circle.
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

    -- A stream that must not exist usually does not, and who can ask again lets the index find out.
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
        -- Register before drawing positions: as long as this transaction runs, diptych.horizon() stays at or below what had
        -- been drawn before it. The lock goes when the transaction ends, and not before its events can be seen. (The call
        -- returns nothing; to assign that takes a fraction of what PERFORM does.)
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
