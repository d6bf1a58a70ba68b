package dev.diptych.core.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.StoredEvents;
import dev.diptych.core.command.Command;
import dev.diptych.core.command.CommandBus;
import dev.diptych.core.command.CommandContext;
import dev.diptych.core.command.CommandResult;
import dev.diptych.core.command.DirectCommandBus;
import dev.diptych.core.command.Rejection;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A specification by example: given past events, when a command is dispatched, then exactly the expected events are
 * raised in order, or the command is rejected, or it does nothing. The bus, the handler, the repository and the codec
 * are real; only the store is a list.
 */
public final class Spec {

    /** The subject of a spec: registers command handlers of any implementation. */
    @FunctionalInterface
    public interface Subject {
        /** Registers the handlers. */
        void register(DirectCommandBus.Builder bus, EventStore store, EventCodec codec);
    }

    private final EventCodec codec = StoredEvents.codec();
    private final OneStreamStore store = new OneStreamStore();
    private final CommandBus bus;
    private final StreamName stream;

    private Spec(Subject subject, StreamName stream) {
        var handlers = DirectCommandBus.builder();
        subject.register(handlers, store, codec);
        this.bus = handlers.build();
        this.stream = stream;
    }

    /** Creates a spec of one stream. */
    public static Spec of(Subject subject, String stream) {
        return new Spec(subject, new StreamName(stream));
    }

    /** Adds past events. */
    public Spec given(Object... events) {
        List<NewEvent> history = Arrays.stream(events)
                .map(event -> codec.encode(event, Map.of()))
                .toList();
        return stored(history);
    }

    /** Adds past events in their stored form, which may be an old version. */
    public Spec stored(List<NewEvent> history) {
        store.append(stream, ExpectedVersion.any(), history);
        return this;
    }

    /** Dispatches the command. */
    public Outcome when(Command command) {
        long before = store.readStream(stream, 0, EventStore.MAX_PAGE).events().size();
        long headBefore = store.head();
        CommandResult result = bus.dispatch(command, CommandContext.NONE);
        List<Object> raised = store.readStream(stream, before, EventStore.MAX_PAGE).events().stream()
                .map(codec::decode)
                .toList();
        return new Outcome(result, raised, stream, before, store.head() - headBefore - raised.size());
    }

    /**
     * Calls a behaviour directly, without the checks of a bus or a repository.
     *
     * @return the events that it raises, or the rejection or exception as the only element
     */
    public static <A extends Aggregate<?, ?>> List<Object> decided(A aggregate, Consumer<A> behaviour) {
        try {
            behaviour.accept(aggregate);
            return List.copyOf(aggregate.pending());
        } catch (CommandRejectedException e) {
            assertThat(aggregate.pending())
                    .as("events raised before a rejection")
                    .isEmpty();
            return List.of(e.rejection());
        } catch (AggregateNotFoundException e) {
            assertThat(aggregate.pending())
                    .as("events raised by an aggregate that does not exist")
                    .isEmpty();
            return List.of(e);
        }
    }

    /** The outcome of the command. */
    public record Outcome(
            CommandResult result, List<Object> raised, StreamName stream, long versionBefore, long elsewhere) {

        /** Expects exactly these events, in order. */
        public void then(Object... events) {
            assertThat(raised).as("the events raised; the result is %s", result).containsExactly(events);
            assertNothingElsewhere();
            assertThat(result).isInstanceOfSatisfying(CommandResult.Accepted.class, accepted -> {
                assertThat(accepted.receipt().stream())
                        .as("the stream in the receipt")
                        .isEqualTo(stream);
                assertThat(accepted.receipt().version())
                        .as("the version in the receipt")
                        .isEqualTo(versionBefore + events.length);
            });
        }

        /** Expects an accepted command without events. */
        public void thenNothing() {
            then();
        }

        /** Expects this rejection and no events. */
        public void thenRejected(Rejection rejection) {
            assertThat(result).isEqualTo(new CommandResult.Rejected(rejection));
            assertThat(raised).as("events raised by a rejected command").isEmpty();
            assertNothingElsewhere();
        }

        /** Expects that the aggregate does not exist, and no events. */
        public void thenNotFound(String kind, String id) {
            assertThat(result).isEqualTo(new CommandResult.NotFound(kind, id));
            assertThat(raised).as("events raised by a command to an unknown id").isEmpty();
            assertNothingElsewhere();
        }

        private void assertNothingElsewhere() {
            assertThat(elsewhere).as("events raised on other streams").isZero();
        }
    }
}
