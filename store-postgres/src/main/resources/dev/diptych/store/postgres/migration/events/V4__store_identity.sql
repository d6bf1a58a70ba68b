-- Which store this is: a copy of the database has the same id, and a new database another one. Run once, by Flyway or by
-- hand. One row, which nobody but the owner may change.
CREATE TABLE diptych.store_identity (
    only_row boolean NOT NULL DEFAULT true CHECK (only_row),
    id       uuid    NOT NULL DEFAULT gen_random_uuid(),
    CONSTRAINT store_identity_has_one_row PRIMARY KEY (only_row)
);
INSERT INTO diptych.store_identity DEFAULT VALUES;
