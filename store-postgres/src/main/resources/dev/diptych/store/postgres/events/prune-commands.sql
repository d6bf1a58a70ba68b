-- PostgresEventStore.pruneCommands: returns the number of pruned ids; see migration/events/R__08_prune_commands.sql.
SELECT diptych.prune_commands(make_interval(secs => ?), ?)
