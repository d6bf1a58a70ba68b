-- Registers a table as a read model, for diptych.grant_roles(). Called by the migrations of each context, after they
-- have created the table.
CREATE OR REPLACE FUNCTION diptych.register_read_model(p_table text) RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    INSERT INTO diptych.read_models (table_name) VALUES (p_table) ON CONFLICT DO NOTHING;
    PERFORM diptych.grant_roles();
END
$$;

REVOKE ALL ON FUNCTION diptych.register_read_model(text) FROM PUBLIC;

-- Registers a table that is no read model: the writer reads and changes its rows. Called likewise.
CREATE OR REPLACE FUNCTION diptych.register_plain_table(p_table text) RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    INSERT INTO diptych.plain_tables (table_name) VALUES (p_table) ON CONFLICT DO NOTHING;
    PERFORM diptych.grant_roles();
END
$$;

REVOKE ALL ON FUNCTION diptych.register_plain_table(text) FROM PUBLIC;
