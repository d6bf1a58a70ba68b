package dev.diptych.store.memory.broken;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.Receipt;
import dev.diptych.core.eventstore.AppendResult.StampedReceipt;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.EventStore.EventPage;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Does nothing and reports success. */
final class NoOpEventStore implements EventStore {

    @Override
    public String history() {
        return "";
    }

    @Override
    public AppendResult append(
            StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
        return new AppendResult.Appended(new Receipt(stream, 0, 0, ""));
    }

    @Override
    public Optional<StampedReceipt> findCommand(String commandId) {
        return Optional.empty();
    }

    @Override
    public int pruneCommands(Duration age, int limit) {
        return 0;
    }

    @Override
    public EventPage readStream(StreamName stream, long afterVersion, int limit) {
        return new EventPage(List.of(), "");
    }

    @Override
    public EventPage readAll(long afterPosition, int limit) {
        return new EventPage(List.of(), "");
    }

    @Override
    public long head() {
        return 0;
    }

    @Override
    public Subscription onAppend(Runnable wake) {
        return () -> {};
    }
}
