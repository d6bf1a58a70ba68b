package dev.diptych.api.metrics;

import dev.diptych.api.http.server.HttpServer;
import dev.diptych.core.command.Command;
import dev.diptych.core.command.ObservedCommandBus;
import dev.diptych.core.command.RetryingCommandBus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Measures the duration of requests and commands by outcome, and conflicts and retries of commands. Thread-safe. */
public final class RequestMetrics
        implements HttpServer.Observer, ObservedCommandBus.Observer, RetryingCommandBus.Observer {

    private static final String COMMAND = "command";

    private final MeterProvider<Timer> requests;
    private final MeterProvider<Timer> commands;
    private final MeterProvider<Counter> conflicts;
    private final MeterProvider<Counter> retries;
    private final MeterProvider<Counter> automated;

    /** Measures with the meters of a node. */
    public RequestMetrics(Metrics metrics) {
        this.requests = metrics.timers(Metric.REQUEST_DURATION);
        this.commands = metrics.timers(Metric.COMMAND_DURATION);
        this.conflicts = metrics.counters(Metric.COMMAND_CONFLICTS);
        this.retries = metrics.counters(Metric.COMMAND_RETRIES);
        this.automated = metrics.counters(Metric.AUTOMATION_COMMANDS);
    }

    @Override
    public void answered(String method, String route, int status, Duration took) {
        requests.withTags("method", method, "route", route, "status", String.valueOf(status))
                .record(took);
    }

    /** Also creates the counters, so that they are exported before the first conflict. */
    @Override
    public void ended(ObservedCommandBus.Ended ended) {
        String name = ended.command().name();
        conflicts.withTag(COMMAND, name);
        retries.withTag(COMMAND, name);
        commands.withTags(COMMAND, name, "outcome", ended.outcome()).record(ended.took());
    }

    /** Returns an observer that counts the commands of an automation; a counter is exported before the first one. */
    public ObservedCommandBus.Observer ofAutomation(String name) {
        automated.withTags("automation", name, "outcome", "accepted");
        return ended -> automated
                .withTags("automation", name, "outcome", ended.outcome())
                .increment();
    }

    @Override
    public void conflict(Command command, boolean retried) {
        conflicts.withTag(COMMAND, command.name()).increment();
        if (retried) {
            retries.withTag(COMMAND, command.name()).increment();
        }
    }
}
