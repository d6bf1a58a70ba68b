INSERT INTO diptych.other_tallies (key, sum, coins, position)
SELECT * FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[])
    ON CONFLICT (key) DO UPDATE SET sum = excluded.sum, coins = excluded.coins, position = excluded.position
