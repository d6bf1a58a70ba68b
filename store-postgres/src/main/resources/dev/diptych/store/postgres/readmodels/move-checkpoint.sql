-- PostgresReadModel.apply: compares and sets the checkpoint of the rows that serve, or of a copy, in the table %s,
-- and loads rows by the query %s. Returns no row if the checkpoint is not where the batch begins, or is of another
-- generation or version of the fold. Otherwise it returns the rows, or one row with the last columns only. The commit
-- of the transaction will not wait for the disk, unless synchronous_commit is remote_apply, on which queries on a
-- standby rely, or diptych.projection_commit states another value. Served by checkpoints_by_projection or
-- copies_by_projection, and the table's primary key.
--
-- The rows are those of the old checkpoint: a concurrent call waits for this transaction and then finds another
-- checkpoint. If it waits for a copy to take over, it finds another generation than that of its snapshot, which lacks
-- the copy's last rows.
WITH moved AS (
    UPDATE diptych.%s
       SET position = ?, moved_at = clock_timestamp()
     WHERE projection = ? AND position = ? AND fold_version = ?
       AND generation = coalesce(?, (SELECT s.generation FROM diptych.checkpoints s WHERE s.projection = ?))
    RETURNING generation,
              set_config('synchronous_commit',
                         coalesce(nullif(current_setting('diptych.projection_commit', true), ''),
                                  CASE current_setting('synchronous_commit')
                                      WHEN 'remote_apply' THEN 'remote_apply'
                                      ELSE 'off'
                                  END),
                         true) AS commit
)
SELECT r.*, c.generation, c.commit
  FROM moved c
  LEFT JOIN LATERAL (SELECT v.*, true AS there FROM (
%s
       ) v) r ON true
