package dev.diptych.core.aggregate;

import dev.diptych.core.aggregate.StateCache.Entry;
import dev.diptych.core.command.CommandContext;
import dev.diptych.core.command.CommandResult;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.Receipt;
import dev.diptych.core.eventstore.AppendResult.StampedReceipt;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.EventStore.EventPage;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Loads an aggregate, calls a behaviour, and appends the events that it raised: the only class that uses both
 * aggregates and the event store. The append expects the version on which the behaviour decided, so a decision on stale
 * state is never stored (optimistic concurrency control).
 *
 * <p>It remembers the states of the aggregates that were used last, and assumes that any other aggregate is new. It
 * decides on that state first; if the append succeeds, the state was current. Otherwise it reads the newer events and
 * decides again, so a caller never learns of a decision on stale state either.
 *
 * <p>Thread-safe.
 *
 * @param <S> the state of the aggregates, immutable
 * @param <A> the type of aggregate
 */
public final class Repository<S, A extends Aggregate<S, ?>> {

    private static final int PAGE = 1_000;
    private static final int CACHED_STATES = 10_000;

    /** In every history, a stream without events has version 0, so it needs no history. */
    private static final String ANY_HISTORY = "any";

    private final String kind;
    private final Function<String, A> factory;
    private final EventStore store;
    private final EventCodec codec;
    private final StateCache<S> states = new StateCache<>(CACHED_STATES);

    /**
     * Creates a repository for one kind of aggregate.
     *
     * @param kind the category of its streams, such as {@code order}; without a hyphen
     * @param factory creates an aggregate without events, given its id
     */
    public Repository(String kind, Function<String, A> factory, EventStore store, EventCodec codec) {
        this.kind = kind;
        this.factory = factory;
        this.store = store;
        this.codec = codec;
    }

    /**
     * Loads an aggregate, calls a behaviour, and appends the events that it raised. The order of the checks is part of
     * the contract: the command id, then the expected version, then the rules.
     *
     * @param behaviour the behaviour to call; it is also called on an aggregate without events, and may be called twice
     */
    public CommandResult update(String id, CommandContext context, Consumer<A> behaviour) {
        StreamName stream = StreamName.of(kind, id);
        try {
            Entry<S> remembered = states.find(stream).orElseGet(() -> withoutEvents(id));
            return append(decide(id, remembered, context, behaviour), context)
                    .filter(result -> !(result instanceof CommandResult.Conflict))
                    .orElseGet(() -> settle(decide(id, readNewer(id, remembered), context, behaviour), context));
        } catch (RuntimeException e) {
            states.remove(stream); // the append may have been stored
            throw e;
        }
    }

    /**
     * What a behaviour decided.
     *
     * @param last the receipt of the last event before the decision
     * @param refusal present if the command is refused
     * @param events the events that were raised
     * @param after the state after these events
     */
    private record Decision<S>(Receipt last, Optional<CommandResult> refusal, List<?> events, S after) {}

    private Decision<S> decide(String id, Entry<S> entry, CommandContext context, Consumer<A> behaviour) {
        Receipt last = entry.receipt();
        if (!context.expected().accepts(last.version(), last.history())) {
            return refuse(
                    entry,
                    new CommandResult.Conflict(new AppendResult.Conflict(
                            last.stream(), context.expected(), last.version(), last.history())));
        }
        A aggregate = factory.apply(id);
        aggregate.restore(entry.state());
        try {
            behaviour.accept(aggregate);
        } catch (AggregateNotFoundException e) {
            return refuse(entry, new CommandResult.NotFound(kind, id));
        } catch (CommandRejectedException rejected) {
            return refuse(entry, new CommandResult.Rejected(rejected.rejection()));
        }
        return new Decision<>(last, Optional.empty(), aggregate.pending(), aggregate.state());
    }

    private Decision<S> refuse(Entry<S> entry, CommandResult refusal) {
        return new Decision<>(entry.receipt(), Optional.of(refusal), List.of(), entry.state());
    }

    /** The result of a decision on the current state. */
    private CommandResult settle(Decision<S> decision, CommandContext context) {
        return append(decision, context)
                .orElseGet(() -> decision.refusal()
                        .map(refusal -> firstResultOr(refusal, context))
                        .orElseGet(() -> new CommandResult.Accepted(decision.last())));
    }

    /**
     * Appends the events of a decision. With a command id, appends even without events: one round trip checks the id
     * and stores it.
     *
     * @return empty if there is nothing to append
     */
    private Optional<CommandResult> append(Decision<S> decision, CommandContext context) {
        if (decision.refusal().isPresent()
                || (decision.events().isEmpty() && context.stamp().isEmpty())) {
            return Optional.empty();
        }
        Receipt last = decision.last();
        var expected = ExpectedVersion.of(last.version(), last.history());
        List<NewEvent> events = decision.events().stream()
                .map(event -> codec.encode(event, context.metadata()))
                .toList();
        return Optional.of(
                switch (store.append(last.stream(), expected, events, context.stamp())) {
                    case AppendResult.Appended done -> {
                        states.put(new Entry<>(decision.after(), done.receipt()));
                        yield new CommandResult.Accepted(done.receipt());
                    }
                    case AppendResult.Repeated before -> new CommandResult.Accepted(before.first());
                    case AppendResult.Conflict conflict -> new CommandResult.Conflict(conflict);
                    case AppendResult.CommandIdTaken taken -> resultOfKnownId(taken.first(), context);
                });
    }

    /**
     * Returns the first result of a repeated command, or else the given one. Costs a round trip, so not on the happy
     * path.
     */
    private CommandResult firstResultOr(CommandResult result, CommandContext context) {
        return context.stamp()
                .flatMap(stamp -> store.findCommand(stamp.commandId()))
                .map(first -> resultOfKnownId(first, context))
                .orElse(result);
    }

    /**
     * The result of a command whose id is stored. The fingerprint covers the target that the client named. The same
     * fingerprint on another stream therefore means that the server generated the target's id, twice; the first one
     * counts.
     */
    private static CommandResult resultOfKnownId(StampedReceipt first, CommandContext context) {
        return context.stamp().filter(first::hasSameContentAs).isPresent()
                ? new CommandResult.Accepted(first.receipt())
                : new CommandResult.CommandIdTaken(first);
    }

    private Entry<S> withoutEvents(String id) {
        return new Entry<>(factory.apply(id).state(), new Receipt(StreamName.of(kind, id), 0, 0, ANY_HISTORY));
    }

    /** Adds the events after a state; reads the stream from its beginning if the state is of another history. */
    private Entry<S> readNewer(String id, Entry<S> known) {
        StreamName stream = known.receipt().stream();
        A aggregate = factory.apply(id);
        aggregate.restore(known.state());
        Receipt last = known.receipt();
        EventPage page;
        do {
            page = store.readStream(stream, last.version(), PAGE);
            if (last.version() == 0) {
                last = new Receipt(stream, 0, 0, page.history());
            } else if (!page.history().equals(last.history())) {
                return readNewer(id, withoutEvents(id));
            }
            for (RecordedEvent event : page.events()) {
                aggregate.replay(codec.decode(event));
                last = new Receipt(stream, event.version(), event.position(), page.history());
            }
        } while (page.events().size() == PAGE);
        var current = new Entry<>(aggregate.state(), last);
        if (last.version() > 0) {
            states.put(current);
        }
        return current;
    }
}
