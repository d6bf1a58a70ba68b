DELETE FROM diptych.tallies WHERE key = ANY (?)
