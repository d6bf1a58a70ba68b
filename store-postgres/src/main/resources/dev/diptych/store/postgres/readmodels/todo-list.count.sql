-- PostgresTodoList.count: returns one row: the number of items of the table %2$s, of the automation %1$s, that are not
-- parked, and of those that are, each up to a maximum. The order lets the table's indexes serve it. Served by
-- checkpoints_by_projection.
SELECT (SELECT count(*) FROM (SELECT FROM diptych.%2$s t
                               WHERE t.generation = c.generation AND t.parked IS NULL
                               ORDER BY t.due_at, t.item_key LIMIT m.most) o) AS open,
       (SELECT count(*) FROM (SELECT FROM diptych.%2$s t
                               WHERE t.generation = c.generation AND t.parked IS NOT NULL
                               ORDER BY t.item_key LIMIT m.most) p) AS parked
  FROM (SELECT ?::integer AS most) m
  LEFT JOIN diptych.checkpoints c ON c.projection = '%1$s'
