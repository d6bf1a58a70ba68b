-- PostgresBalances: inserts or replaces rows, one array for each column. Returns nothing. Served by balances_by_key.
INSERT INTO diptych.balances (account_id, owner, cents, position)
SELECT u.account_id, u.owner, u.cents, u.position
  FROM unnest(?::text[], ?::text[], ?::int8[], ?::int8[]) AS u (account_id, owner, cents, position)
    ON CONFLICT (account_id) DO UPDATE
       SET owner = excluded.owner,
           cents = excluded.cents,
           position = excluded.position
