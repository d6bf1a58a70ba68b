-- The histories of this store, the newest of which is the present one. A fail-over that lost something, or a restore,
-- gives the store another history: positions and versions are then given out again, and what was remembered outside the
-- database with those of before is worthless. diptych.enter_history() adds a row when the server, its timeline, the
-- database or the table of events is another one. Run once, by Flyway or by hand.
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

-- It named a store, which the histories do now.
DROP TABLE diptych.store_identity;

-- A checkpoint was the last position that was drawn. It is the position of an event now: what was drawn for an append
-- that came to nothing may be drawn once more after a crash, and then be an event's.
UPDATE diptych.checkpoints c
   SET position = coalesce((SELECT max(e.position) FROM diptych.events e WHERE e.position <= c.position), 0)
 WHERE c.position <= (SELECT coalesce(pg_sequence_last_value('diptych.event_position'), 0));
