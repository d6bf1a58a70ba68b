-- PostgresBalances: the rows with these keys; also for one of them. Served by balances_by_key.
SELECT account_id, owner, cents, position
  FROM diptych.balances
 WHERE account_id = ANY (?)
