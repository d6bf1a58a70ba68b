package dev.diptych.api;

import dev.diptych.api.metrics.MeteredCommandBus;
import dev.diptych.api.metrics.MeteredEventStore;
import dev.diptych.api.metrics.Metric;
import dev.diptych.api.metrics.Metrics;
import dev.diptych.api.write.WriteRoutes;
import dev.diptych.core.command.CommandBus;
import dev.diptych.core.command.DirectCommandBus;
import dev.diptych.core.command.LoggingCommandBus;
import dev.diptych.core.command.RetryingCommandBus;
import dev.diptych.core.command.TracedCommandBus;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.orders.write.OrderCommand;
import dev.diptych.core.subscriptions.write.SubscriptionCommand;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;

/** The write side, put together: commands to aggregates to events. Safe for use by many threads. */
final class WriteSide implements AutoCloseable {

    private static final int ATTEMPTS = 10;
    private static final Duration COMMAND_IDS_KEPT = Duration.ofDays(7);
    private static final Duration COMMAND_IDS_PRUNED_EVERY = Duration.ofMinutes(5);

    private final CommandBus plain;
    private final CommandIdPruner pruner;

    WriteSide(Store.Write store, EventCodec codec, Metrics metrics) {
        var handlers = DirectCommandBus.builder();
        var events = new MeteredEventStore(store.events(), metrics);
        OrderCommand.register(handlers, events, codec);
        SubscriptionCommand.register(handlers, events, codec);
        CommandBus direct = MeteredCommandBus.countingConflicts(handlers.build(), metrics);
        CommandBus retrying = new RetryingCommandBus(
                direct, ATTEMPTS, command -> metrics.count(Metric.COMMAND_RETRIES, command.name()));
        this.plain = new MeteredCommandBus(retrying, metrics);
        this.pruner = new CommandIdPruner(store.events(), COMMAND_IDS_KEPT, COMMAND_IDS_PRUNED_EVERY);
    }

    /** Its routes are given no more than its bus, and a clock. */
    WriteRoutes routes() {
        return new WriteRoutes(new TracedCommandBus(new LoggingCommandBus(plain)), clock());
    }

    /** Times are kept to the microsecond: what every store can keep. */
    private static InstantSource clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    }

    /** For those who send commands from inside: about these, no lines are logged. */
    CommandBus commands() {
        return new TracedCommandBus(plain);
    }

    /** Begins to prune expired command ids, until {@link #close}. */
    void start() {
        pruner.start();
    }

    @Override
    public void close() {
        pruner.close();
    }
}
