-- PostgresGenerations.lockCheckpoint: locks the checkpoint of the rows that serve, so that the next statement sees its
-- last position, and starts of a copy are serialized. The commit of the transaction waits for the disk, since which
-- generation serves is told to clients. Served by checkpoints_by_projection.
SELECT position,
       CASE current_setting('synchronous_commit')
           WHEN 'off' THEN set_config('synchronous_commit', 'on', true)
       END AS commit
  FROM diptych.checkpoints
 WHERE projection = ?
   FOR UPDATE
