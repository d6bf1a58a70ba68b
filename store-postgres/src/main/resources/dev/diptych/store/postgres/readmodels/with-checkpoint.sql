-- View.withCheckpoint: extends a query. The first %s is the name of its projection, the second the query, which reads
-- the rows of the generation c.generation. Adds the current history, the projection's checkpoint and the generation to
-- each row, from the same snapshot. If the query returns no rows, the result is one row with these columns only. Served
-- by histories_by_number, checkpoints_by_projection, and the index that serves the query.
SELECT h.id AS history, coalesce(c.position, 0) AS checkpoint, coalesce(c.generation, 1) AS generation, r.*
  FROM (SELECT n.id FROM diptych.histories n ORDER BY n.number DESC LIMIT 1) h
  LEFT JOIN diptych.checkpoints c ON c.projection = '%s'
  LEFT JOIN LATERAL (SELECT true AS there, v.* FROM (
%s
       ) v) r ON true
