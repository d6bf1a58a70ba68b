-- The read model of accounts. Run once, after the migrations of events, by Flyway or by hand.
CREATE TABLE diptych.balances (
    generation integer NOT NULL,
    account_id text   NOT NULL COLLATE "C",
    owner      text   NOT NULL,
    cents      bigint NOT NULL,
    position   bigint NOT NULL,
    CONSTRAINT balances_by_key PRIMARY KEY (generation, account_id)
);
SELECT diptych.register_read_model('balances');
