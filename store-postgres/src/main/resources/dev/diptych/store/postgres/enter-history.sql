-- Database.enter: one id, see migration/events/R__11_histories.sql.
SELECT diptych.enter_history(?)
