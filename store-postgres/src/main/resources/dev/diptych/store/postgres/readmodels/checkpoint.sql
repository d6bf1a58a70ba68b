-- PostgresReadModel.checkpoint: returns one position, or no row before the first batch. Served by
-- checkpoints_by_projection.
SELECT position
  FROM diptych.checkpoints
 WHERE projection = ?
