package dev.diptych.store.memory.broken;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.Appended;
import dev.diptych.core.eventstore.AppendResult.CommandIdTaken;
import dev.diptych.core.eventstore.AppendResult.Conflict;
import dev.diptych.core.eventstore.AppendResult.Repeated;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StampedReceipt;
import dev.diptych.core.eventstore.StreamName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What can go wrong with a command that is sent twice. */
final class CommandIdFaults {

    private CommandIdFaults() {}

    /** Knows a repeated command, and stores its events all the same. */
    static final class RepeatsStoreTwice extends WrappedEventStore {
        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            AppendResult result = store.append(stream, expected, events, stamp);
            if (result instanceof Repeated) {
                store.append(stream, ExpectedVersion.any(), events);
            }
            return result;
        }
    }

    /** Answers a repeated command with where the stream stands by now. */
    static final class RepeatsAnswerAnew extends WrappedEventStore {
        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            AppendResult result = store.append(stream, expected, events, stamp);
            return result instanceof Repeated
                            && store.append(stream, ExpectedVersion.any(), List.of()) instanceof Appended now
                    ? new Repeated(now.receipt())
                    : result;
        }
    }

    /** Keeps the command id beside the events, and so not at all where there are none. */
    static final class CommandIdApart extends WrappedEventStore {
        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            boolean known = stamp.flatMap(s -> store.findCommand(s.commandId())).isPresent();
            return store.append(stream, expected, events, events.isEmpty() && !known ? Optional.empty() : stamp);
        }
    }

    /** Looks at the version first: a repeated command finds its own events in its way. */
    static final class VersionBeforeCommandId extends WrappedEventStore {
        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            long actual = versionOf(stream);
            return expected.accepts(actual, history())
                    ? store.append(stream, expected, events, stamp)
                    : new Conflict(stream, expected, actual, history());
        }
    }

    /** Compares the id and not what was sent under it. */
    static final class FingerprintIgnored extends WrappedEventStore {
        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            AppendResult result = store.append(stream, expected, events, stamp);
            return result instanceof CommandIdTaken(StampedReceipt first)
                            && first.receipt().stream().equals(stream)
                    ? new Repeated(first.receipt())
                    : result;
        }
    }

    /** Lets each stream have command ids of its own. */
    static final class CommandIdsPerStream extends WrappedEventStore {
        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            AppendResult result = store.append(stream, expected, events, stamp);
            return result instanceof CommandIdTaken(StampedReceipt first)
                            && !first.receipt().stream().equals(stream)
                    ? store.append(stream, expected, events)
                    : result;
        }
    }

    /** Keeps the id of a command that came to nothing. */
    static final class ConflictUsesUpTheId extends WrappedEventStore {
        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            AppendResult result = store.append(stream, expected, events, stamp);
            if (result instanceof Conflict) {
                store.append(stream, ExpectedVersion.any(), List.of(), stamp);
            }
            return result;
        }
    }

    /** Looks up ids without regard to case. */
    static final class FindsWithoutCase extends WrappedEventStore {

        private final Map<String, String> ids = new ConcurrentHashMap<>();

        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            stamp.ifPresent(s -> ids.put(TextFaults.lower(s.commandId()), s.commandId()));
            return store.append(stream, expected, events, stamp);
        }

        @Override
        public Optional<StampedReceipt> findCommand(String commandId) {
            return Optional.ofNullable(ids.get(TextFaults.lower(commandId))).flatMap(store::findCommand);
        }
    }

    /** Keeps every id for ever. */
    static final class ForgetsNothing extends WrappedEventStore {
        @Override
        public int pruneCommands(Duration age, int limit) {
            EventStore.requirePrunable(age, limit);
            return 0;
        }
    }

    /** Forgets ids whatever their age. */
    static final class ForgetsTheYoung extends WrappedEventStore {
        @Override
        public int pruneCommands(Duration age, int limit) {
            clock.forward(Duration.ofDays(9));
            try {
                return store.pruneCommands(age, limit);
            } finally {
                clock.forward(Duration.ofDays(-9));
            }
        }
    }

    /** Forgets all that is old at once. */
    static final class ForgetsWithoutLimit extends WrappedEventStore {
        @Override
        public int pruneCommands(Duration age, int limit) {
            EventStore.requirePrunable(age, limit);
            return store.pruneCommands(age, MAX_PAGE);
        }
    }

    /** Takes any age for one that is allowed. */
    static final class ForgetsOnTheSameDay extends WrappedEventStore {
        @Override
        public int pruneCommands(Duration age, int limit) {
            return store.pruneCommands(age.compareTo(SHORTEST_MEMORY) < 0 ? SHORTEST_MEMORY : age, limit);
        }
    }

    /** Looks for the id, and then appends, as two steps; two callers are between them at the same time. */
    static final class ChecksIdsThenAppends extends WrappedEventStore {

        private final Meeting between = new Meeting();

        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            if (stamp.isEmpty() || store.findCommand(stamp.get().commandId()).isPresent()) {
                return store.append(stream, expected, events, stamp);
            }
            between.arrive();
            AppendResult result = store.append(stream, expected, events, stamp);
            return result instanceof Repeated || result instanceof CommandIdTaken
                    ? store.append(stream, expected, events)
                    : result;
        }
    }
}
