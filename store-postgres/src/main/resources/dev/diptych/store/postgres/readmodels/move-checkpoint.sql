-- PostgresReadModel.apply: compares and sets. Changes one row, or none if the checkpoint is not where the batch begins.
-- A concurrent call waits for this transaction, and then changes none. Served by checkpoints_by_projection.
UPDATE diptych.checkpoints
   SET position = ?, moved_at = clock_timestamp()
 WHERE projection = ? AND position = ?
