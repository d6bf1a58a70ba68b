-- PostgresGenerations.statuses: returns one row for each named projection that has a checkpoint: the generation that
-- serves, the version of its fold, and its copy; without a copy, the other columns are null. Served by
-- checkpoints_by_projection and copies_by_projection.
SELECT c.projection, c.generation, c.fold_version, b.generation AS copy_generation, b.fold_version AS copy_version,
       b.position AS copy_position, b.comparing,
       greatest(0, extract(epoch FROM clock_timestamp() - b.started_at)) AS copy_age,
       b.compared_at, b.only_serving, b.only_copy, b.different, b.keys, b.serving_rows, b.copy_rows
  FROM diptych.checkpoints c
  LEFT JOIN diptych.copies b ON b.projection = c.projection
 WHERE c.projection = ANY (?)
