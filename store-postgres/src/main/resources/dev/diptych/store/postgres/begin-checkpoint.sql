-- PostgresReadModel.apply and reset: makes sure that there is a checkpoint to compare with. Changes nothing when there is
-- one. Served by checkpoints_by_projection.
INSERT INTO diptych.checkpoints (projection, position)
VALUES (?, 0)
    ON CONFLICT DO NOTHING
