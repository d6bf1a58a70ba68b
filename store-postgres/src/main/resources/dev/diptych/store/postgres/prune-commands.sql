-- PostgresEventStore.pruneCommands: one row, how many ids were forgotten; see migration/events/R__08_prune_commands.sql.
SELECT diptych.prune_commands(make_interval(secs => ?), ?)
