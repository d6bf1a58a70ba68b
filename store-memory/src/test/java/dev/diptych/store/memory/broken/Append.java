package dev.diptych.store.memory.broken;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.List;
import java.util.Optional;

/** The arguments of an append. */
record Append(StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {

    /** Appends to a sound store with a fault. */
    interface Fault {
        AppendResult append(EventStore store, Append append);
    }

    AppendResult to(EventStore store) {
        return store.append(stream, expected, events, stamp);
    }

    Append expecting(ExpectedVersion other) {
        return new Append(stream, other, events, stamp);
    }

    Append storing(List<NewEvent> others) {
        return new Append(stream, expected, others, stamp);
    }
}
