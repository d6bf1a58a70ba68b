-- The tables of the event store and of the projections' checkpoints. Run once, by Flyway or by hand.

-- Flyway has created the schema already; who runs this by hand may not have.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'diptych') THEN
        CREATE SCHEMA diptych;
    END IF;
END
$$;

-- Draws positions. Without a cache: a session that kept numbers in stock would draw them out of order.
CREATE SEQUENCE diptych.event_position AS bigint CACHE 1;

-- Every event for ever. The primary key serves reading all events in order; the unique key serves reading one stream,
-- finding its last version, and refuses what no lock has refused before.
CREATE TABLE diptych.events (
    position       bigint      NOT NULL,
    stream_name    text        NOT NULL COLLATE "C",
    version        bigint      NOT NULL CHECK (version > 0),
    type           text        NOT NULL,
    schema_version integer     NOT NULL CHECK (schema_version > 0),
    payload        json        NOT NULL, -- json keeps the text as it is, which jsonb would not
    metadata       json        NOT NULL,
    recorded_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT events_by_position PRIMARY KEY (position),
    CONSTRAINT events_by_stream UNIQUE (stream_name, version)
);
ALTER SEQUENCE diptych.event_position OWNED BY diptych.events.position;

-- Every command id that came with an append, and what the append was answered.
CREATE TABLE diptych.commands (
    command_id  text        NOT NULL COLLATE "C",
    fingerprint text        NOT NULL,
    stream_name text        NOT NULL COLLATE "C",
    version     bigint      NOT NULL,
    position    bigint      NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT commands_by_id PRIMARY KEY (command_id)
);
-- Finds the old ones, to be pruned.
CREATE INDEX commands_by_age ON diptych.commands (recorded_at);

-- How far each projection has got: every event up to this position has been applied.
CREATE TABLE diptych.checkpoints (
    projection text        NOT NULL COLLATE "C",
    position   bigint      NOT NULL CHECK (position >= 0),
    moved_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT checkpoints_by_projection PRIMARY KEY (projection)
);

-- The tables of the read models, as each context's migrations have registered them: diptych.grant_roles() goes
-- through them.
CREATE TABLE diptych.read_models (
    table_name text NOT NULL,
    CONSTRAINT read_models_by_name PRIMARY KEY (table_name)
);

-- Which migrations have run, in a form that does not depend on what ran them.
CREATE TABLE diptych.schema_version (
    component text    NOT NULL,
    version   integer NOT NULL,
    CONSTRAINT schema_version_by_component PRIMARY KEY (component)
);
