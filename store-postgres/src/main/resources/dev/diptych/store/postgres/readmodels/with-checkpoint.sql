-- View.withCheckpoint: extends a query. The first %s is the query, the second the name of its projection. Adds the
-- current history and the projection's checkpoint to each row, from the same snapshot. If the query returns no rows,
-- the result is one row with these two columns only. Served by histories_by_number, checkpoints_by_projection, and the
-- index that serves the query.
SELECT h.id AS history, coalesce(c.position, 0) AS checkpoint, r.*
  FROM (SELECT n.id FROM diptych.histories n ORDER BY n.number DESC LIMIT 1) h
  LEFT JOIN LATERAL (SELECT true AS there, v.* FROM (
%s
       ) v) r ON true
  LEFT JOIN diptych.checkpoints c ON c.projection = '%s'
