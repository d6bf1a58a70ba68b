-- PostgresGenerations.start: states whether the copy of a version of the fold is to be compared, and forgets an earlier
-- comparison. Changes no row if there is no copy of this version. Served by copies_by_projection.
UPDATE diptych.copies
   SET comparing = ?, compared_at = NULL
 WHERE projection = ? AND fold_version = ?
