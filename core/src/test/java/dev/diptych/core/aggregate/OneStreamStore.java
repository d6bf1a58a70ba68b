package dev.diptych.core.aggregate;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.Receipt;
import dev.diptych.core.eventstore.AppendResult.StampedReceipt;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.EventStore.EventPage;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** A minimal single-threaded store for specs in core, which cannot depend on a store module; it logs its calls. */
final class OneStreamStore implements EventStore {

    final List<String> calls = new ArrayList<>();
    private final Map<StreamName, List<RecordedEvent>> streams = new HashMap<>();
    private final Map<String, StampedReceipt> commands = new HashMap<>();
    private String history = "specs";
    private long head;
    private final Queue<Runnable> beforeAppends = new ArrayDeque<>();
    private Runnable afterAppend = () -> {};
    private Runnable afterRead = () -> {};

    /** Begins a new history with the same events. */
    void beginHistory(String id) {
        history = id;
    }

    /** Runs other callers' actions, one immediately before each of the next appends. */
    void beforeNextAppends(Runnable... others) {
        beforeAppends.addAll(List.of(others));
    }

    /** Runs an action after the next append has stored its events, and before it returns. */
    void afterNextAppend(Runnable other) {
        afterAppend = other;
    }

    /** Runs an action after the next page is read. */
    void afterNextRead(Runnable other) {
        afterRead = other;
    }

    @Override
    public String history() {
        return history;
    }

    @Override
    public AppendResult append(
            StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
        Runnable other = beforeAppends.poll();
        if (other != null) {
            other.run();
        }
        calls.add("append " + events.size());
        StampedReceipt first = stamp.map(s -> commands.get(s.commandId())).orElse(null);
        if (first != null) {
            return first.stamp().equals(stamp.get()) && first.receipt().stream().equals(stream)
                    ? new AppendResult.Repeated(first.receipt())
                    : new AppendResult.CommandIdTaken(first);
        }
        List<RecordedEvent> log = streams.computeIfAbsent(stream, name -> new ArrayList<>());
        if (!expected.accepts(log.size(), history)) {
            return new AppendResult.Conflict(stream, expected, log.size(), history);
        }
        for (NewEvent event : events) {
            log.add(new RecordedEvent(
                    ++head,
                    stream,
                    log.size() + 1L,
                    event.type(),
                    event.schemaVersion(),
                    event.payload(),
                    event.metadata(),
                    Instant.EPOCH));
        }
        var receipt = new Receipt(
                stream, log.size(), log.isEmpty() ? 0 : log.getLast().position(), history);
        stamp.ifPresent(s -> commands.put(s.commandId(), new StampedReceipt(s, receipt)));
        Runnable failure = afterAppend;
        afterAppend = () -> {};
        failure.run();
        return new AppendResult.Appended(receipt);
    }

    @Override
    public Optional<StampedReceipt> findCommand(String commandId) {
        calls.add("findCommand");
        return Optional.ofNullable(commands.get(commandId));
    }

    @Override
    public int pruneCommands(Duration age, int limit) {
        throw new UnsupportedOperationException("specs do not prune");
    }

    @Override
    public EventPage readStream(StreamName stream, long afterVersion, int limit) {
        calls.add("readStream after " + afterVersion);
        List<RecordedEvent> log = streams.getOrDefault(stream, List.of());
        var page = new EventPage(log.stream().skip(afterVersion).limit(limit).toList(), history);
        Runnable other = afterRead;
        afterRead = () -> {};
        other.run();
        return page;
    }

    @Override
    public EventPage readAll(long afterPosition, int limit) {
        throw new UnsupportedOperationException("specs read one stream");
    }

    @Override
    public long head() {
        return head;
    }

    @Override
    public Subscription onAppend(Runnable wake) {
        throw new UnsupportedOperationException("specs do not subscribe");
    }
}
