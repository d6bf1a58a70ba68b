-- PostgresLease.hold: returns one row, a name of Lease.Turn; see migration/events/R__12_leases.sql.
SELECT diptych.hold_automation_lease(n.name, ?, ?, ? * interval '1 millisecond') AS turn
  FROM (SELECT ?::text AS name) n
