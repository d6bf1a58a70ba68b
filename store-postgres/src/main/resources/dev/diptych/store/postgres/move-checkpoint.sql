-- PostgresReadModel.apply: compare and set. Changes one row, or none when the checkpoint is not where the batch begins;
-- of two at once, the second waits for the first and then finds it moved. Served by checkpoints_by_projection.
UPDATE diptych.checkpoints
   SET position = ?, moved_at = clock_timestamp()
 WHERE projection = ? AND position = ?
