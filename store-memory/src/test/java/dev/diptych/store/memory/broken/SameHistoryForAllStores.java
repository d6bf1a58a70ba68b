package dev.diptych.store.memory.broken;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.Appended;
import dev.diptych.core.eventstore.AppendResult.CommandIdTaken;
import dev.diptych.core.eventstore.AppendResult.Conflict;
import dev.diptych.core.eventstore.AppendResult.Receipt;
import dev.diptych.core.eventstore.AppendResult.Repeated;
import dev.diptych.core.eventstore.AppendResult.StampedReceipt;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore.EventPage;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.List;
import java.util.Optional;

/** Returns a constant as the history of every store. */
final class SameHistoryForAllStores extends WrappedEventStore {

    private static final String NAME = "memory";

    @Override
    public String history() {
        return NAME;
    }

    @Override
    public AppendResult append(
            StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
        ExpectedVersion demand = expected instanceof ExpectedVersion.Exactly seen
                        && seen.history().equals(NAME)
                ? ExpectedVersion.exactly(seen.version(), store.history())
                : expected;
        return switch (store.append(stream, demand, events, stamp)) {
            case Appended done -> new Appended(renamed(done.receipt()));
            case Repeated before -> new Repeated(renamed(before.first()));
            case Conflict lost -> new Conflict(stream, expected, lost.actual(), NAME);
            case CommandIdTaken taken -> new CommandIdTaken(renamed(taken.first()));
        };
    }

    @Override
    public Optional<StampedReceipt> findCommand(String commandId) {
        return store.findCommand(commandId).map(SameHistoryForAllStores::renamed);
    }

    @Override
    public EventPage readStream(StreamName stream, long afterVersion, int limit) {
        return new EventPage(store.readStream(stream, afterVersion, limit).events(), NAME);
    }

    @Override
    public EventPage readAll(long afterPosition, int limit) {
        return new EventPage(store.readAll(afterPosition, limit).events(), NAME);
    }

    private static StampedReceipt renamed(StampedReceipt first) {
        return new StampedReceipt(first.stamp(), renamed(first.receipt()));
    }

    private static Receipt renamed(Receipt receipt) {
        return new Receipt(receipt.stream(), receipt.version(), receipt.position(), NAME);
    }
}
