-- PostgresReadModel.reset: back to the beginning, wherever it is. Served by checkpoints_by_projection.
UPDATE diptych.checkpoints
   SET position = 0, moved_at = clock_timestamp()
 WHERE projection = ?
