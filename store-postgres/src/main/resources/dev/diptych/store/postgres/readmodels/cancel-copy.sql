-- PostgresGenerations.cancel: removes the copy, whose rows are unused from then on. Served by copies_by_projection.
DELETE FROM diptych.copies
 WHERE projection = ?
