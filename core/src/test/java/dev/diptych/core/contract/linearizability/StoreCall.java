package dev.diptych.core.contract.linearizability;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.StampedReceipt;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.EventStore.EventPage;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.List;
import java.util.Optional;

/** A call of an event store that concerns one part of it: some streams and the command ids that are used for them. */
public sealed interface StoreCall {

    /** The number of the part. */
    int part();

    /** Makes the call. */
    Result on(EventStore store);

    /** Appends one event for each payload. */
    record Append(
            int part, StreamName stream, ExpectedVersion expected, List<String> payloads, Optional<CommandStamp> stamp)
            implements StoreCall {
        @Override
        public Result on(EventStore store) {
            List<NewEvent> events = payloads.stream()
                    .map(payload -> new NewEvent("e", 1, payload, "{}"))
                    .toList();
            return new Result.Outcome(store.append(stream, expected, events, stamp));
        }

        @Override
        public String toString() {
            return "append " + payloads + " to " + stream + " at " + expected
                    + stamp.map(each -> " as " + each.commandId() + "/" + each.fingerprint())
                            .orElse("");
        }
    }

    /** Reads one stream. */
    record ReadStream(int part, StreamName stream, long after, int limit) implements StoreCall {
        @Override
        public Result on(EventStore store) {
            return new Result.Read(store.readStream(stream, after, limit));
        }

        @Override
        public String toString() {
            return "read " + limit + " of " + stream + " after " + after;
        }
    }

    /** Looks up a command id. */
    record FindCommand(int part, String commandId) implements StoreCall {
        @Override
        public Result on(EventStore store) {
            return new Result.Found(store.findCommand(commandId));
        }

        @Override
        public String toString() {
            return "find " + commandId;
        }
    }

    /** What a call returned. */
    sealed interface Result {
        /** The result of an append. */
        record Outcome(AppendResult result) implements Result {
            @Override
            public String toString() {
                return result.toString();
            }
        }

        /** The result of a read. */
        record Read(EventPage page) implements Result {
            @Override
            public String toString() {
                return page.events().stream()
                        .map(event -> event.version() + ":" + event.payload())
                        .toList()
                        .toString();
            }
        }

        /** The result of a look-up. */
        record Found(Optional<StampedReceipt> command) implements Result {
            @Override
            public String toString() {
                return command.toString();
            }
        }
    }
}
