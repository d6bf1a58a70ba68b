-- Called by a trigger before each statement that would change or delete events, including the owner's. Always raises an
-- error.
CREATE OR REPLACE FUNCTION diptych.forbid_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION '% of diptych.% is not allowed: events are immutable', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', HINT = 'Append an event that records the correction.';
END
$$;

CREATE OR REPLACE TRIGGER events_are_immutable
    BEFORE UPDATE OR DELETE OR TRUNCATE ON diptych.events
    FOR EACH STATEMENT EXECUTE FUNCTION diptych.forbid_change();

-- ALWAYS: also fires when session_replication_role is replica.
ALTER TABLE diptych.events ENABLE ALWAYS TRIGGER events_are_immutable;
