-- PostgresTodoList.parked: returns the parked items of the table %2$s, of the automation %1$s, after a key. Served by
-- checkpoints_by_projection, and the table's index of parked items.
SELECT t.item_key, t.aggregate, t.due_at, t.what, t.opened, t.metadata, t.parked, t.position
  FROM diptych.checkpoints c
  JOIN diptych.%2$s t ON t.generation = c.generation AND t.parked IS NOT NULL AND t.item_key > ?
 WHERE c.projection = '%1$s'
 ORDER BY t.item_key
 LIMIT ?
