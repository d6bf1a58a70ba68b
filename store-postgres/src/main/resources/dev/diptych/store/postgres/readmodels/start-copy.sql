-- PostgresGenerations.start: creates a copy without rows, of a generation that was never used, in place of any other.
-- The checkpoint must exist. Served by checkpoints_by_projection and copies_by_projection.
WITH next AS (
    UPDATE diptych.checkpoints
       SET last_generation = last_generation + 1
     WHERE projection = ?
    RETURNING projection, last_generation
)
INSERT INTO diptych.copies (projection, generation, fold_version, position, comparing)
SELECT n.projection, n.last_generation, ?, 0, ? FROM next n
    ON CONFLICT (projection) DO UPDATE
       SET generation = excluded.generation, fold_version = excluded.fold_version, position = 0,
           moved_at = excluded.moved_at, started_at = excluded.started_at, comparing = excluded.comparing,
           compared_at = NULL
