-- Called by the trigger on every statement that would change or remove events, its owner's too. Returns nothing: it
-- raises.
CREATE OR REPLACE FUNCTION diptych.forbid_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION '% of diptych.% is refused: what has happened cannot be changed', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', HINT = 'Append an event that says what is true now.';
END
$$;

CREATE OR REPLACE TRIGGER events_are_facts
    BEFORE UPDATE OR DELETE OR TRUNCATE ON diptych.events
    FOR EACH STATEMENT EXECUTE FUNCTION diptych.forbid_change();

-- ALWAYS: not even a session that plays the part of a replica gets around it.
ALTER TABLE diptych.events ENABLE ALWAYS TRIGGER events_are_facts;
