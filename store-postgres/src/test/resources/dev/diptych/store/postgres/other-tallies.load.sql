SELECT key, sum, coins, position FROM diptych.other_tallies WHERE key = ANY (?)
