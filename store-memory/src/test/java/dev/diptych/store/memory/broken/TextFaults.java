package dev.diptych.store.memory.broken;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventPage;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Faults in the storage of text. */
final class TextFaults {

    private TextFaults() {}

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Changes events before it stores them. */
    static class RewritesAppends extends WrappedEventStore {

        private final UnaryOperator<NewEvent> change;

        private RewritesAppends(UnaryOperator<NewEvent> change) {
            this.change = change;
        }

        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            return store.append(stream, expected, events.stream().map(change).toList(), stamp);
        }
    }

    /** Does not store metadata. */
    static final class LosesMetadata extends RewritesAppends {
        LosesMetadata() {
            super(event -> new NewEvent(event.type(), event.schemaVersion(), event.payload(), "{}"));
        }
    }

    /** Stores only ASCII characters in event types. */
    static final class AsciiOnly extends RewritesAppends {
        AsciiOnly() {
            super(event -> new NewEvent(
                    event.type().replaceAll("[^\\x00-\\x7f]", "?"),
                    event.schemaVersion(),
                    event.payload(),
                    event.metadata()));
        }
    }

    /** Stores JSON in another format. */
    static final class ReformatsJson extends RewritesAppends {
        ReformatsJson() {
            super(event -> new NewEvent(
                    event.type(), event.schemaVersion(), event.payload().strip(), event.metadata()));
        }
    }

    /** Truncates JSON to 64 KiB. */
    static final class TruncatesLongJson extends RewritesAppends {
        TruncatesLongJson() {
            super(event -> new NewEvent(
                    event.type(),
                    event.schemaVersion(),
                    event.payload().substring(0, Math.min(event.payload().length(), 0xffff)),
                    event.metadata()));
        }
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
