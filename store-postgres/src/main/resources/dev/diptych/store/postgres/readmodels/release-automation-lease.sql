-- PostgresLease.release: returns one row; see migration/events/R__12_leases.sql.
SELECT diptych.release_automation_lease(?, ?, ?)
