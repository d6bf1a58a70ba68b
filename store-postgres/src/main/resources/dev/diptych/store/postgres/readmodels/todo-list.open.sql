-- PostgresTodoList.open: returns the first items of the table %2$s, of the automation %1$s, that are neither parked nor
-- of one of the aggregates, by due time. Each row also has the history, the list's checkpoint, its generation, the
-- version of its fold, and the time by the database's clock, from the same snapshot; without items, the result is one
-- row with these columns only. Served by histories_by_number, checkpoints_by_projection, and the table's index by due
-- time.
SELECT h.id AS history, coalesce(c.position, 0) AS checkpoint, coalesce(c.generation, 1) AS generation,
       coalesce(c.fold_version, 0) AS fold_version, statement_timestamp() AS now, r.*
  FROM (SELECT n.id FROM diptych.histories n ORDER BY n.number DESC LIMIT 1) h
  LEFT JOIN diptych.checkpoints c ON c.projection = '%1$s'
  LEFT JOIN LATERAL (SELECT true AS there, t.item_key, t.aggregate, t.due_at, t.what, t.opened, t.metadata, t.parked,
                            t.position
                       FROM diptych.%2$s t
                      WHERE t.generation = c.generation AND t.parked IS NULL AND t.aggregate <> ALL (?)
                      ORDER BY t.due_at, t.item_key
                      LIMIT ?) r ON true
