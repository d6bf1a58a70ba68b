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

/** What can happen to texts in a store. */
final class TextFaults {

    private TextFaults() {}

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Keeps something else than what was appended. */
    static class Rewrites extends WrappedEventStore {

        private final UnaryOperator<NewEvent> change;

        private Rewrites(UnaryOperator<NewEvent> change) {
            this.change = change;
        }

        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            return store.append(stream, expected, events.stream().map(change).toList(), stamp);
        }
    }

    /** Keeps no metadata. */
    static final class ForgetsMetadata extends Rewrites {
        ForgetsMetadata() {
            super(event -> new NewEvent(event.type(), event.schemaVersion(), event.payload(), "{}"));
        }
    }

    /** Knows 128 characters. */
    static final class AsciiOnly extends Rewrites {
        AsciiOnly() {
            super(event -> new NewEvent(
                    event.type().replaceAll("[^\\x00-\\x7f]", "?"),
                    event.schemaVersion(),
                    event.payload(),
                    event.metadata()));
        }
    }

    /** Reads JSON and prints it in its own way. */
    static final class PrintsJsonAnew extends Rewrites {
        PrintsJsonAnew() {
            super(event -> new NewEvent(
                    event.type(), event.schemaVersion(), event.payload().strip(), event.metadata()));
        }
    }

    /** Has room for 64 KiB. */
    static final class CutsLongJson extends Rewrites {
        CutsLongJson() {
            super(event -> new NewEvent(
                    event.type(),
                    event.schemaVersion(),
                    event.payload().substring(0, Math.min(event.payload().length(), 0xffff)),
                    event.metadata()));
        }
    }

    /** Takes capital letters for small ones in the names of streams. */
    static final class NamesWithoutCase extends WrappedEventStore {
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
