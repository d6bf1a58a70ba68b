-- The tables of the event store, and of the projections' checkpoints and leases. Run once, by Flyway or by hand.

-- Flyway has created the schema. (IF NOT EXISTS would require the right to create one, even where it exists.)
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'diptych') THEN
        CREATE SCHEMA diptych;
    END IF;
END
$$;

-- Draws positions. Without a cache, because a session that cached numbers would draw them out of order.
CREATE SEQUENCE diptych.event_position AS bigint CACHE 1;

-- All events, permanently. The primary key serves reading all events in order. The unique key serves reading one
-- stream and its last version, and rejects a version that exists. The table has no CHECK: PostgreSQL parses those of
-- a table for every statement, which took a good part of the time of an append.
CREATE TABLE diptych.events (
    position       bigint      NOT NULL,
    stream_name    text        NOT NULL COLLATE "C",
    version        bigint      NOT NULL, -- 1, 2, 3 and so on, without gaps
    type           text        NOT NULL,
    schema_version integer     NOT NULL, -- at least 1
    payload        json        NOT NULL, -- keeps the text as it is, which jsonb would not
    metadata       json        NOT NULL,
    recorded_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT events_by_position PRIMARY KEY (position),
    CONSTRAINT events_by_stream UNIQUE (stream_name, version)
);
ALTER SEQUENCE diptych.event_position OWNED BY diptych.events.position;

-- The ids of commands, with the result of the append that each came with.
CREATE TABLE diptych.commands (
    command_id  text        NOT NULL COLLATE "C",
    fingerprint text        NOT NULL,
    stream_name text        NOT NULL COLLATE "C",
    version     bigint      NOT NULL,
    position    bigint      NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT commands_by_id PRIMARY KEY (command_id)
);
-- Finds the oldest ids, which are pruned first.
CREATE INDEX commands_by_age ON diptych.commands (recorded_at);

-- The position of the last event that each projection has applied to the rows that serve queries; the generation of
-- these rows; and the version of the fold that they are of.
CREATE TABLE diptych.checkpoints (
    projection      text        NOT NULL COLLATE "C",
    position        bigint      NOT NULL CHECK (position >= 0),
    moved_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    generation      integer     NOT NULL DEFAULT 1,
    fold_version    integer     NOT NULL DEFAULT 1,
    last_generation integer     NOT NULL DEFAULT 1, -- including copies that were cancelled
    CONSTRAINT checkpoints_by_projection PRIMARY KEY (projection)
);

-- The copies that rebuilds build beside the rows that serve, with their own checkpoints. One that has taken over, or
-- was cancelled, is not here. The last columns are the result of the comparison.
CREATE TABLE diptych.copies (
    projection   text        NOT NULL COLLATE "C",
    generation   integer     NOT NULL,
    fold_version integer     NOT NULL,
    position     bigint      NOT NULL CHECK (position >= 0),
    moved_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    started_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    comparing    boolean     NOT NULL,
    compared_at  bigint,
    only_serving bigint,
    only_copy    bigint,
    different    bigint,
    keys         text[],
    serving_rows text[],
    copy_rows    text[],
    CONSTRAINT copies_by_projection PRIMARY KEY (projection)
);

-- Which node runs which projection, until when by the database's clock, and whether the projection is paused on all
-- nodes. One node for each version of the fold: that of one version may keep rows up to date, and that of another build
-- a copy.
CREATE TABLE diptych.leases (
    projection   text        NOT NULL COLLATE "C",
    holder       text        NOT NULL,
    until        timestamptz NOT NULL,
    paused       boolean     NOT NULL DEFAULT false,
    fold_version integer     NOT NULL DEFAULT 1,
    CONSTRAINT leases_by_projection PRIMARY KEY (projection, fold_version)
);

-- The histories of this store; the one with the highest number is the current one. After a fail-over that lost events,
-- or a restore, positions and versions are used again, so diptych.enter_history() adds a row when the server, its
-- timeline, the database or the table of events has changed.
CREATE TABLE diptych.histories (
    number            bigint      NOT NULL,
    id                text        NOT NULL COLLATE "C",
    system_identifier bigint      NOT NULL,
    timeline          bigint      NOT NULL,
    database_oid      oid         NOT NULL,
    events_oid        oid         NOT NULL,
    entered_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT histories_by_number PRIMARY KEY (number),
    CONSTRAINT histories_by_id UNIQUE (id)
);

-- The tables of the read models, for diptych.grant_roles(). The migrations of each context register them.
CREATE TABLE diptych.read_models (
    table_name text NOT NULL,
    CONSTRAINT read_models_by_name PRIMARY KEY (table_name)
);

-- The tables whose rows the writer changes, because they are no read models, likewise.
CREATE TABLE diptych.plain_tables (
    table_name text NOT NULL,
    CONSTRAINT plain_tables_by_name PRIMARY KEY (table_name)
);

-- The version of each folder of migrations, which the program checks at start, whatever has run the migrations.
CREATE TABLE diptych.schema_version (
    component text    NOT NULL,
    version   integer NOT NULL,
    CONSTRAINT schema_version_by_component PRIMARY KEY (component)
);
