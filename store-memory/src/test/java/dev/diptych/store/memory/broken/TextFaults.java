package dev.diptych.store.memory.broken;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore.EventPage;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Faults in the storage of text. */
final class TextFaults {

    private TextFaults() {}

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Does not store metadata. */
    static NewEvent withoutMetadata(NewEvent event) {
        return new NewEvent(event.type(), event.schemaVersion(), event.payload(), "{}");
    }

    /** Stores only ASCII characters in event types. */
    static NewEvent inAscii(NewEvent event) {
        String type = event.type().replaceAll("[^\\x00-\\x7f]", "?");
        return new NewEvent(type, event.schemaVersion(), event.payload(), event.metadata());
    }

    /** Stores JSON in another format. */
    static NewEvent reformatted(NewEvent event) {
        return new NewEvent(event.type(), event.schemaVersion(), event.payload().strip(), event.metadata());
    }

    /** Truncates JSON to 64 KiB. */
    static NewEvent truncated(NewEvent event) {
        String payload = event.payload().substring(0, Math.min(event.payload().length(), 0xffff));
        return new NewEvent(event.type(), event.schemaVersion(), payload, event.metadata());
    }

    /** Ignores case in stream names. */
    static final class CaseInsensitiveNames extends WrappedEventStore {
        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            return store.append(new StreamName(lower(stream.value())), expected, events, stamp);
        }

        @Override
        public EventPage readStream(StreamName stream, long afterVersion, int limit) {
            return store.readStream(new StreamName(lower(stream.value())), afterVersion, limit);
        }
    }
}
