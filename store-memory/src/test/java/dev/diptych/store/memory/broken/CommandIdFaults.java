package dev.diptych.store.memory.broken;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.Appended;
import dev.diptych.core.eventstore.AppendResult.CommandIdTaken;
import dev.diptych.core.eventstore.AppendResult.Conflict;
import dev.diptych.core.eventstore.AppendResult.Repeated;
import dev.diptych.core.eventstore.AppendResult.StampedReceipt;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
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
    static AppendResult repeatsStoreTwice(EventStore store, Append append) {
        AppendResult result = append.to(store);
        if (result instanceof Repeated) {
            store.append(append.stream(), ExpectedVersion.any(), append.events());
        }
        return result;
    }

    /** Returns a receipt of the stream's current version for a repeated command. */
    static AppendResult repeatsReturnCurrentReceipt(EventStore store, Append append) {
        AppendResult result = append.to(store);
        return result instanceof Repeated
                        && store.append(append.stream(), ExpectedVersion.any(), List.of()) instanceof Appended now
                ? new Repeated(now.receipt())
                : result;
    }

    /** Stores the command id only with events, and not with an empty append. */
    static AppendResult commandIdOnlyWithEvents(EventStore store, Append append) {
        boolean known =
                append.stamp().flatMap(s -> store.findCommand(s.commandId())).isPresent();
        return store.append(
                append.stream(),
                append.expected(),
                append.events(),
                append.events().isEmpty() && !known ? Optional.empty() : append.stamp());
    }

    /** Checks the version first: a repeated command conflicts with its own events. */
    static AppendResult versionBeforeCommandId(EventStore store, Append append) {
        long actual = WrappedEventStore.versionOf(store, append.stream());
        return append.expected().accepts(actual, store.history())
                ? append.to(store)
                : new Conflict(append.stream(), append.expected(), actual, store.history());
    }

    /** Compares the command id, but not the fingerprint. */
    static AppendResult fingerprintIgnored(EventStore store, Append append) {
        AppendResult result = append.to(store);
        return result instanceof CommandIdTaken(StampedReceipt first)
                        && first.receipt().stream().equals(append.stream())
                ? new Repeated(first.receipt())
                : result;
    }

    /** Accepts the same command id once in each stream. */
    static AppendResult commandIdsPerStream(EventStore store, Append append) {
        AppendResult result = append.to(store);
        return result instanceof CommandIdTaken(StampedReceipt first)
                        && !first.receipt().stream().equals(append.stream())
                ? store.append(append.stream(), append.expected(), append.events())
                : result;
    }

    /** Stores the command id of an append with a conflict. */
    static AppendResult conflictUsesUpTheId(EventStore store, Append append) {
        AppendResult result = append.to(store);
        if (result instanceof Conflict) {
            append.expecting(ExpectedVersion.any()).storing(List.of()).to(store);
        }
        return result;
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
