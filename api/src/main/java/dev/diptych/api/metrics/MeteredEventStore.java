package dev.diptych.api.metrics;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.StampedReceipt;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.EventStore.EventPage;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.eventstore.StreamName;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** Measures the duration of appends and stream reads, by outcome. Thread-safe. */
public final class MeteredEventStore implements EventStore {

    static final String OUTCOME = "outcome";
    static final String APPENDED = "appended";
    static final String LOADED = "loaded";

    private final EventStore delegate;
    private final MeterProvider<Timer> appends;
    private final MeterProvider<Timer> loads;

    /** Wraps a store. */
    public MeteredEventStore(EventStore delegate, Metrics metrics) {
        this.delegate = delegate;
        this.appends = metrics.timers(Metric.APPEND_DURATION);
        this.loads = metrics.timers(Metric.LOAD_DURATION);
    }

    @Override
    public AppendResult append(
            StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
        return timed(appends, () -> delegate.append(stream, expected, events, stamp), MeteredEventStore::outcome);
    }

    private static String outcome(AppendResult result) {
        return switch (result) {
            case AppendResult.Appended done -> APPENDED;
            case AppendResult.Repeated before -> "repeated";
            case AppendResult.Conflict lost -> "conflict";
            case AppendResult.CommandIdTaken taken -> "command-id-taken";
        };
    }

    @Override
    public EventPage readStream(StreamName stream, long afterVersion, int limit) {
        return timed(loads, () -> delegate.readStream(stream, afterVersion, limit), events -> LOADED);
    }

    private <T> T timed(MeterProvider<Timer> timers, Supplier<T> work, Function<T, String> ended) {
        long began = System.nanoTime();
        String outcome = "failed";
        try {
            T result = work.get();
            outcome = ended.apply(result);
            return result;
        } catch (StoreUnavailableException e) {
            outcome = "unavailable";
            throw e;
        } finally {
            timers.withTag(OUTCOME, outcome).record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public String history() {
        return delegate.history();
    }

    @Override
    public Optional<StampedReceipt> findCommand(String commandId) {
        return delegate.findCommand(commandId);
    }

    @Override
    public int pruneCommands(Duration age, int limit) {
        return delegate.pruneCommands(age, limit);
    }

    @Override
    public EventPage readAll(long afterPosition, int limit) {
        return delegate.readAll(afterPosition, limit);
    }

    @Override
    public long head() {
        return delegate.head();
    }

    @Override
    public Subscription onAppend(Runnable wake) {
        return delegate.onAppend(wake);
    }
}
