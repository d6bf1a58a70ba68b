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

/** Faults in the handling of command ids. */
final class CommandIdFaults {

    private CommandIdFaults() {}

    /** Recognises a repeated command, but stores its events again. */
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

    /** Returns a receipt of the stream's current version for a repeated command. */
    static final class RepeatsReturnCurrentReceipt extends WrappedEventStore {
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

    /** Stores the command id only with events, and not with an empty append. */
    static final class CommandIdOnlyWithEvents extends WrappedEventStore {
        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            boolean known = stamp.flatMap(s -> store.findCommand(s.commandId())).isPresent();
            return store.append(stream, expected, events, events.isEmpty() && !known ? Optional.empty() : stamp);
        }
    }

    /** Checks the version first: a repeated command conflicts with its own events. */
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

    /** Compares the command id, but not the fingerprint. */
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

    /** Accepts the same command id once in each stream. */
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

    /** Stores the command id of an append with a conflict. */
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

    /** Ignores case in command ids. */
    static final class CaseInsensitiveCommandIds extends WrappedEventStore {

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

    /** Prunes no command ids. */
    static final class PrunesNothing extends WrappedEventStore {
        @Override
        public int pruneCommands(Duration age, int limit) {
            EventStore.requirePrunable(age, limit);
            return 0;
        }
    }

    /** Prunes command ids of any age. */
    static final class PrunesYoungIds extends WrappedEventStore {
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

    /** Ignores the limit and prunes all expired command ids. */
    static final class PrunesWithoutLimit extends WrappedEventStore {
        @Override
        public int pruneCommands(Duration age, int limit) {
            EventStore.requirePrunable(age, limit);
            return store.pruneCommands(age, MAX_PAGE);
        }
    }

    /** Accepts a minimum age below the allowed one. */
    static final class PrunesWithinADay extends WrappedEventStore {
        @Override
        public int pruneCommands(Duration age, int limit) {
            return store.pruneCommands(
                    age.compareTo(MIN_COMMAND_ID_RETENTION) < 0 ? MIN_COMMAND_ID_RETENTION : age, limit);
        }
    }

    /** Checks the command id and appends in two steps; two callers are between them at the same time. */
    static final class ChecksIdsThenAppends extends WrappedEventStore {

        private final Rendezvous between = new Rendezvous();

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
