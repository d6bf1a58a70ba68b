-- PostgresSchema.requirePositions: one row, the highest position of an event or a checkpoint (0 when there is none) and the
-- last one drawn. Served by events_by_position; of the checkpoints, one row for each projection, it reads all.
SELECT greatest(0, (SELECT max(e.position) FROM diptych.events e), (SELECT max(c.position) FROM diptych.checkpoints c))
           AS in_use,
       diptych.head() AS drawn
