-- PostgresBalances: deletes the rows with these keys. Returns nothing. Served by balances_by_key.
DELETE FROM diptych.balances
 WHERE account_id = ANY (?)
