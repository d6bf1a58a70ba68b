-- PostgresReadModel.apply and reset: creates the checkpoint unless it exists. Served by checkpoints_by_projection.
INSERT INTO diptych.checkpoints (projection, position)
VALUES (?, 0)
    ON CONFLICT DO NOTHING
