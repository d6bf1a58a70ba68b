-- PostgresLease.pause and resume: stores whether a projection is paused, for all versions of its fold. Inserts the
-- row of this version if no node has held its lease yet. Served by leases_by_projection.
WITH wanted (projection, fold_version, paused) AS (
    SELECT ?::text, ?::integer, ?::boolean
), others AS (
    UPDATE diptych.leases l
       SET paused = w.paused
      FROM wanted w
     WHERE l.projection = w.projection AND l.fold_version <> w.fold_version
)
INSERT INTO diptych.leases AS l (projection, fold_version, holder, until, paused)
SELECT w.projection, w.fold_version, '', '-infinity', w.paused FROM wanted w
    ON CONFLICT (projection, fold_version) DO UPDATE
       SET paused = excluded.paused
