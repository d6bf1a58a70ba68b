-- PostgresReadModel.createCheckpoint: creates the checkpoint, of this version of the fold, unless it exists. Served by
-- checkpoints_by_projection.
INSERT INTO diptych.checkpoints (projection, position, fold_version)
VALUES (?, 0, ?)
    ON CONFLICT DO NOTHING
