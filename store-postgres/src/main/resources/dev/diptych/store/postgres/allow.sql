-- Database.allow: until the end of the transaction, statements may take as long as this.
SELECT set_config('statement_timeout', ?, true)
