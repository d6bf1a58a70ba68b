-- Database.enterHistory: returns the id of the current history; see migration/events/R__11_histories.sql.
SELECT diptych.enter_history(?)
