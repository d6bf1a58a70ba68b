-- PostgresGenerations.takeOver: makes the copy of a generation serve, if it has reached the checkpoint, or the
-- checkpoint is at a position that is known to be lost. Changes one row, or none. The checkpoint has been locked.
-- Served by checkpoints_by_projection and copies_by_projection.
WITH copy AS (
    DELETE FROM diptych.copies b
     USING diptych.checkpoints c
     WHERE b.projection = ? AND b.generation = ? AND NOT b.comparing AND c.projection = b.projection
       AND (b.position >= c.position OR c.position = ?)
    RETURNING b.projection, b.generation, b.fold_version, b.position
)
UPDATE diptych.checkpoints c
   SET generation = copy.generation, fold_version = copy.fold_version, position = copy.position,
       moved_at = clock_timestamp()
  FROM copy
 WHERE c.projection = copy.projection
