-- PostgresGenerations.setStatementTimeout: sets the timeout of statements until the end of the transaction.
SELECT set_config('statement_timeout', ?, true)
