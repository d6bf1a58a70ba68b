package dev.diptych.core.aggregate;

import dev.diptych.core.bus.CommandContext;
import dev.diptych.core.bus.CommandResult;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.EventPage;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.Receipt;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StampedReceipt;
import dev.diptych.core.eventstore.StreamName;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Loads an aggregate, lets it act, and appends what it raised: the only place where aggregates and the event store
 * meet. The version that was loaded is the version that the append expects, so no decision is ever stored that was
 * made on an old state.
 *
 * <p>Safe for use by many threads.
 *
 * @param <A> the type of aggregate
 */
public final class Repository<A extends Aggregate<?, ?>> {

    private static final int PAGE = 1_000;

    private final String kind;
    private final Supplier<A> blank;
    private final EventStore store;
    private final EventCodec codec;

    /**
     * A repository of one kind of aggregate.
     *
     * @param kind the first part of its streams' names, such as {@code order}
     * @param blank makes an aggregate to which nothing has happened yet
     */
    public Repository(String kind, Supplier<A> blank, EventStore store, EventCodec codec) {
        this.kind = kind;
        this.blank = blank;
        this.store = store;
        this.codec = codec;
    }

    /**
     * Lets an aggregate act that must exist already: a command to an unknown id is "not found", unless its sender has
     * stated a version, which then is not there.
     */
    public CommandResult act(String id, CommandContext context, Consumer<A> behaviour) {
        Loaded<A> loaded = load(StreamName.of(kind, id));
        return loaded.version() == 0 && context.expected().accepts(0, loaded.history())
                ? firstAnswerOr(new CommandResult.NotFound(kind, id), context)
                : decide(loaded, context, behaviour);
    }

    /** Lets an aggregate act that may be new: for the command that begins its life. */
    public CommandResult begin(String id, CommandContext context, Consumer<A> behaviour) {
        return decide(load(StreamName.of(kind, id)), context, behaviour);
    }

    /** The order of the checks is the contract: the command id, then the expected version, then the rules. */
    private CommandResult decide(Loaded<A> loaded, CommandContext context, Consumer<A> behaviour) {
        if (!context.expected().accepts(loaded.version(), loaded.history())) {
            var conflict =
                    new AppendResult.Conflict(loaded.stream(), context.expected(), loaded.version(), loaded.history());
            return firstAnswerOr(new CommandResult.Conflict(conflict), context);
        }
        try {
            behaviour.accept(loaded.aggregate());
        } catch (CommandRejectedException rejected) {
            return firstAnswerOr(new CommandResult.Rejected(rejected.rejection()), context);
        }
        if (loaded.aggregate().pending().isEmpty() && context.stamp().isEmpty()) {
            return new CommandResult.Accepted(loaded.receipt());
        }
        return append(loaded, context);
    }

    /** Appends even nothing when there is a command id: that checks the id and remembers it in one round trip. */
    private CommandResult append(Loaded<A> loaded, CommandContext context) {
        List<NewEvent> events = loaded.aggregate().pending().stream()
                .map(event -> codec.encode(event, context.metadata()))
                .toList();
        var expected = ExpectedVersion.of(loaded.version(), loaded.history());
        return switch (store.append(loaded.stream(), expected, events, context.stamp())) {
            case AppendResult.Appended done -> new CommandResult.Accepted(done.receipt());
            case AppendResult.Repeated before -> new CommandResult.Accepted(before.first());
            case AppendResult.Conflict conflict -> new CommandResult.Conflict(conflict);
            case AppendResult.CommandIdTaken taken -> answerOf(taken.first(), context);
        };
    }

    /** Off the happy path, where nothing is appended, the store is asked whether the command was sent before. */
    private CommandResult firstAnswerOr(CommandResult result, CommandContext context) {
        return context.stamp()
                .flatMap(stamp -> store.findCommand(stamp.commandId()))
                .map(first -> answerOf(first, context))
                .orElse(result);
    }

    /**
     * What a command is answered whose id the store knows. Its fingerprint covers the target that the client named; so
     * the same content on another stream means that the server made the id, twice, and the first one counts.
     */
    private static CommandResult answerOf(StampedReceipt first, CommandContext context) {
        return context.stamp().filter(first::hasSameContentAs).isPresent()
                ? new CommandResult.Accepted(first.receipt())
                : new CommandResult.CommandIdTaken(first);
    }

    private Loaded<A> load(StreamName stream) {
        A aggregate = blank.get();
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
                return load(stream); // its first events were those of another history
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
