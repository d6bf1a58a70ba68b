package dev.diptych.api.metrics;

import dev.diptych.core.command.Command;
import dev.diptych.core.command.ObservedCommandBus;
import dev.diptych.core.command.RetryingCommandBus;

/** Measures commands: their duration by outcome, their conflicts, and their retries. Thread-safe. */
public record CommandMetrics(Metrics metrics) implements ObservedCommandBus.Observer, RetryingCommandBus.Observer {

    @Override
    public void ended(ObservedCommandBus.Ended ended) {
        String name = ended.command().name();
        metrics.expect(Metric.COMMAND_CONFLICTS, name);
        metrics.expect(Metric.COMMAND_RETRIES, name);
        metrics.time(Metric.COMMAND_DURATION, ended.took(), name, ended.outcome());
    }

    @Override
    public void conflict(Command command, boolean retried) {
        metrics.count(Metric.COMMAND_CONFLICTS, command.name());
        if (retried) {
            metrics.count(Metric.COMMAND_RETRIES, command.name());
        }
    }
}
