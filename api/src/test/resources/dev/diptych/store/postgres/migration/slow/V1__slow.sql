SELECT pg_sleep(4); -- longer than a transaction may otherwise be idle
CREATE TABLE diptych.slow ();
