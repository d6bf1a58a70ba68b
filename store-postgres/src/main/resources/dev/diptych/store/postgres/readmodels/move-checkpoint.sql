-- PostgresReadModel.apply: compares and sets the checkpoint, and loads rows by the query %s. Returns no row if the
-- checkpoint is not where the batch begins. Otherwise it returns the rows, or one row with the last column only. The
-- commit of the transaction will not wait for the disk, unless synchronous_commit is remote_apply, on which queries on
-- a standby rely, or diptych.projection_commit states another value. Served by checkpoints_by_projection and the
-- table's primary key.
--
-- The rows are those of the old checkpoint: a concurrent call waits for this transaction and then finds another
-- checkpoint, or, after a rebuild up to the same one by the same projection code, equal rows.
WITH moved AS (
    UPDATE diptych.checkpoints
       SET position = ?, moved_at = clock_timestamp()
     WHERE projection = ? AND position = ?
    RETURNING set_config('synchronous_commit',
                         coalesce(nullif(current_setting('diptych.projection_commit', true), ''),
                                  CASE current_setting('synchronous_commit')
                                      WHEN 'remote_apply' THEN 'remote_apply'
                                      ELSE 'off'
                                  END),
                         true) AS commit
)
SELECT r.*, m.commit
  FROM moved m
  LEFT JOIN LATERAL (SELECT v.*, true AS there FROM (
%s
       ) v) r ON true
