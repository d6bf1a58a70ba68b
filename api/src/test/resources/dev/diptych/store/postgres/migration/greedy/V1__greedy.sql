-- A migration that needs the table of events for itself.
LOCK TABLE diptych.events IN ACCESS EXCLUSIVE MODE;
CREATE TABLE diptych.greedy (id integer);
