-- Which node runs which projection, and until when if it does not say so again. The times are the database's own.
CREATE TABLE diptych.leases (
    projection text        NOT NULL COLLATE "C",
    holder     text        NOT NULL,
    until      timestamptz NOT NULL,
    CONSTRAINT leases_by_projection PRIMARY KEY (projection)
);
