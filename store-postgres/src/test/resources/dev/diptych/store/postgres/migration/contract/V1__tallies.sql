-- The tables of the contract's own read models.
CREATE TABLE diptych.tallies (
    generation integer NOT NULL,
    key        text NOT NULL COLLATE "C",
    sum        bigint NOT NULL,
    coins      bigint NOT NULL,
    position   bigint NOT NULL,
    PRIMARY KEY (generation, key)
);
CREATE TABLE diptych.other_tallies (LIKE diptych.tallies INCLUDING ALL);
SELECT diptych.register_read_model('tallies');
SELECT diptych.register_read_model('other_tallies');
