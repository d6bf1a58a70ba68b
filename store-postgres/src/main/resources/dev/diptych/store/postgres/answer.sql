-- View.answering: the rows of a view's own statement, which stands at the first %s, together with the present history
-- and the checkpoint of the projection that makes the view, whose name is the second %s. So both come from one server,
-- and from one moment. Without rows it is one row, in which there is nothing but these two. Served by
-- histories_by_number and checkpoints_by_projection, and by what serves the view's statement.
SELECT h.id AS history, coalesce(c.position, 0) AS checkpoint, r.*
  FROM (SELECT n.id FROM diptych.histories n ORDER BY n.number DESC LIMIT 1) h
  LEFT JOIN LATERAL (SELECT true AS there, v.* FROM (
%s
       ) v) r ON true
  LEFT JOIN diptych.checkpoints c ON c.projection = '%s'
