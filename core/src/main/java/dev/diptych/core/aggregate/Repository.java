package dev.diptych.core.aggregate;

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
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Loads an aggregate, calls a behaviour, and appends the events that it raised: the only class that uses both
 * aggregates and the event store. The append expects the version that was loaded, so a decision on stale state is never
 * stored (optimistic concurrency control).
 *
 * <p>Thread-safe.
 *
 * @param <A> the type of aggregate
 */
public final class Repository<A extends Aggregate<?, ?>> {

    private static final int PAGE = 1_000;

    private final String kind;
    private final Function<String, A> factory;
    private final EventStore store;
    private final EventCodec codec;

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
     * @param behaviour the behaviour to call; it is also called on an aggregate without events
     */
    public CommandResult update(String id, CommandContext context, Consumer<A> behaviour) {
        Loaded<A> loaded = load(id);
        if (!context.expected().accepts(loaded.version(), loaded.history())) {
            var conflict =
                    new AppendResult.Conflict(loaded.stream(), context.expected(), loaded.version(), loaded.history());
            return firstResultOr(new CommandResult.Conflict(conflict), context);
        }
        try {
            behaviour.accept(loaded.aggregate());
        } catch (AggregateNotFoundException e) {
            return firstResultOr(new CommandResult.NotFound(kind, id), context);
        } catch (CommandRejectedException rejected) {
            return firstResultOr(new CommandResult.Rejected(rejected.rejection()), context);
        }
        if (loaded.aggregate().pending().isEmpty() && context.stamp().isEmpty()) {
            return new CommandResult.Accepted(loaded.receipt());
        }
        return append(loaded, context);
    }

    /** With a command id, appends even without events: one round trip checks the id and stores it. */
    private CommandResult append(Loaded<A> loaded, CommandContext context) {
        List<NewEvent> events = loaded.aggregate().pending().stream()
                .map(event -> codec.encode(event, context.metadata()))
                .toList();
        var expected = ExpectedVersion.of(loaded.version(), loaded.history());
        return switch (store.append(loaded.stream(), expected, events, context.stamp())) {
            case AppendResult.Appended done -> new CommandResult.Accepted(done.receipt());
            case AppendResult.Repeated before -> new CommandResult.Accepted(before.first());
            case AppendResult.Conflict conflict -> new CommandResult.Conflict(conflict);
            case AppendResult.CommandIdTaken taken -> resultOfKnownId(taken.first(), context);
        };
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

    private Loaded<A> load(String id) {
        StreamName stream = StreamName.of(kind, id);
        A aggregate = factory.apply(id);
        EventPage page = store.readStream(stream, 0, PAGE);
        var receipt = new Receipt(stream, 0, 0, page.history());
        while (true) {
            for (RecordedEvent event : page.events()) {
                aggregate.replay(codec.decode(event));
                receipt = new Receipt(stream, event.version(), event.position(), page.history());
            }
            if (page.events().size() < PAGE) {
                return new Loaded<>(aggregate, receipt);
            }
            page = store.readStream(stream, receipt.version(), PAGE);
            if (!page.history().equals(receipt.history())) {
                return load(id); // the history changed between two pages
            }
        }
    }

    private record Loaded<A>(A aggregate, Receipt receipt) {
        StreamName stream() {
            return receipt.stream();
        }

        long version() {
            return receipt.version();
        }

        String history() {
            return receipt.history();
        }
    }
}
