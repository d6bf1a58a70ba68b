DELETE FROM diptych.other_tallies
