-- PostgresCancellations: deletes all rows, before they are built again. Returns nothing. Reads the whole table.
DELETE FROM diptych.cancellations
