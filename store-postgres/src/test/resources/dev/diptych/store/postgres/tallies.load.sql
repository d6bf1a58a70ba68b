SELECT key, sum, coins, position FROM diptych.tallies WHERE key = ANY (?)
