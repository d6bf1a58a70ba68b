-- PostgresReadModel.reset: sets the checkpoint to 0. Served by checkpoints_by_projection.
UPDATE diptych.checkpoints
   SET position = 0, moved_at = clock_timestamp()
 WHERE projection = ?
