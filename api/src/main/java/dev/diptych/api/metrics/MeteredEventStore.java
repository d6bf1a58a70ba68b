package dev.diptych.api.metrics;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventPage;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StampedReceipt;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.eventstore.StreamName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Measures the duration of appends and stream reads, by outcome. Thread-safe. */
public final class MeteredEventStore implements EventStore {

    static final String APPENDED = "appended";
    static final String LOADED = "loaded";

    private final EventStore delegate;
    private final Metrics metrics;

    /** Wraps a store. */
    public MeteredEventStore(EventStore delegate, Metrics metrics) {
        this.delegate = delegate;
        this.metrics = metrics;
    }

    @Override
    public AppendResult append(
            StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
        return timed(
                Metric.APPEND_DURATION,
                () -> delegate.append(stream, expected, events, stamp),
                MeteredEventStore::outcome);
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
        return timed(Metric.LOAD_DURATION, () -> delegate.readStream(stream, afterVersion, limit), events -> LOADED);
    }

    private <T> T timed(Metric metric, Supplier<T> work, Function<T, String> ended) {
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
            metrics.time(metric, Duration.ofNanos(System.nanoTime() - began), outcome);
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
