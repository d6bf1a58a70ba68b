package dev.diptych.core.contract.linearizability;

import dev.diptych.core.contract.linearizability.StoreCall.Append;
import dev.diptych.core.contract.linearizability.StoreCall.FindCommand;
import dev.diptych.core.contract.linearizability.StoreCall.ReadStream;
import dev.diptych.core.contract.linearizability.StoreCall.Result;
import dev.diptych.core.contract.linearizability.StoreModel.State;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.Appended;
import dev.diptych.core.eventstore.AppendResult.CommandIdTaken;
import dev.diptych.core.eventstore.AppendResult.Conflict;
import dev.diptych.core.eventstore.AppendResult.Receipt;
import dev.diptych.core.eventstore.AppendResult.Repeated;
import dev.diptych.core.eventstore.AppendResult.StampedReceipt;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The sequential specification of {@link EventStore#append}, {@link EventStore#readStream} and
 * {@link EventStore#findCommand}, without positions: a position may be drawn long before its append takes effect, so
 * {@link Positions} checks them. {@link EventStore#readAll} is no part of it either: an append in flight may hold back
 * others that have returned, so that it is not linearizable, on purpose.
 *
 * @param history the history of the store
 */
public record StoreModel(String history) implements Model<State, StoreCall, Result> {

    /**
     * The content of one part of a store. Receipts have the position 0.
     *
     * @param streams the payloads of each stream
     * @param commands by command id
     */
    public record State(Map<StreamName, List<String>> streams, Map<String, StampedReceipt> commands) {}

    @Override
    public State initial() {
        return new State(Map.of(), Map.of());
    }

    @Override
    public Object partOf(StoreCall call) {
        return call.part();
    }

    @Override
    public boolean changesNothing(StoreCall call, Result result) {
        return !(result instanceof Result.Outcome(Appended appended));
    }

    @Override
    public Optional<State> step(State state, StoreCall call, Optional<Result> result) {
        return switch (call) {
            case Append append -> {
                AppendResult expected = outcome(state, append);
                yield result.filter(seen -> !withoutPosition(((Result.Outcome) seen).result())
                                        .equals(expected))
                                .isPresent()
                        ? Optional.empty()
                        : Optional.of(expected instanceof Appended done ? after(state, append, done.receipt()) : state);
            }
            case ReadStream read ->
                result.filter(seen -> !isPage(state, read, (Result.Read) seen)).isPresent()
                        ? Optional.empty()
                        : Optional.of(state);
            case FindCommand find ->
                result.filter(seen -> !((Result.Found) seen)
                                        .command()
                                        .map(StoreModel::withoutPosition)
                                        .equals(Optional.ofNullable(
                                                state.commands().get(find.commandId()))))
                                .isPresent()
                        ? Optional.empty()
                        : Optional.of(state);
        };
    }

    private AppendResult outcome(State state, Append append) {
        StampedReceipt first = append.stamp()
                .map(stamp -> state.commands().get(stamp.commandId()))
                .orElse(null);
        if (first != null) {
            boolean same = first.receipt().stream().equals(append.stream())
                    && append.stamp().filter(first::hasSameContentAs).isPresent();
            return same ? new Repeated(first.receipt()) : new CommandIdTaken(first);
        }
        int actual = payloads(state, append.stream()).size();
        return append.expected().accepts(actual, history)
                ? new Appended(
                        receipt(append.stream(), actual + append.payloads().size()))
                : new Conflict(append.stream(), append.expected(), actual, history);
    }

    private static State after(State state, Append append, Receipt receipt) {
        Map<StreamName, List<String>> streams = new HashMap<>(state.streams());
        if (!append.payloads().isEmpty()) {
            streams.merge(
                    append.stream(),
                    append.payloads(),
                    (before, more) ->
                            Stream.of(before, more).flatMap(List::stream).toList());
        }
        Map<String, StampedReceipt> commands = new HashMap<>(state.commands());
        append.stamp().ifPresent(stamp -> commands.put(stamp.commandId(), new StampedReceipt(stamp, receipt)));
        return new State(streams, commands);
    }

    private boolean isPage(State state, ReadStream read, Result.Read seen) {
        List<String> stored = payloads(state, read.stream());
        int from = (int) Math.min(read.after(), stored.size());
        List<String> expected = stored.subList(from, Math.min(from + read.limit(), stored.size()));
        List<RecordedEvent> events = seen.page().events();
        return expected.equals(events.stream().map(RecordedEvent::payload).toList())
                && IntStream.range(0, events.size())
                        .allMatch(i -> events.get(i).version() == from + i + 1
                                && events.get(i).stream().equals(read.stream()));
    }

    private static List<String> payloads(State state, StreamName stream) {
        return state.streams().getOrDefault(stream, List.of());
    }

    private static AppendResult withoutPosition(AppendResult result) {
        return switch (result) {
            case Appended(Receipt receipt) -> new Appended(withoutPosition(receipt));
            case Repeated(Receipt receipt) -> new Repeated(withoutPosition(receipt));
            case CommandIdTaken(StampedReceipt first) -> new CommandIdTaken(withoutPosition(first));
            case Conflict conflict -> conflict;
        };
    }

    private static StampedReceipt withoutPosition(StampedReceipt stamped) {
        return new StampedReceipt(stamped.stamp(), withoutPosition(stamped.receipt()));
    }

    private static Receipt withoutPosition(Receipt receipt) {
        return new Receipt(receipt.stream(), receipt.version(), 0, receipt.history());
    }

    private Receipt receipt(StreamName stream, int version) {
        return new Receipt(stream, version, 0, history);
    }
}
