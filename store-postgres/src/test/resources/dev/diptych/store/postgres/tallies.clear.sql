DELETE FROM diptych.tallies
