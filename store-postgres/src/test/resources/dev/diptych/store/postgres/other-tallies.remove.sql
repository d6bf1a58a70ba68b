DELETE FROM diptych.other_tallies WHERE key = ANY (?)
