package dev.diptych.core.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.StoredEvents;
import dev.diptych.core.bus.Command;
import dev.diptych.core.bus.CommandBus;
import dev.diptych.core.bus.CommandContext;
import dev.diptych.core.bus.CommandResult;
import dev.diptych.core.bus.DirectCommandBus;
import dev.diptych.core.bus.Rejection;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A specification by example: given some events, when a command is dispatched, then exactly these events are raised, in
 * this order; or it is rejected; or nothing happens. The command goes through the real bus, handler, repository and
 * codec; only the store is a list.
 */
public final class Spec {

    /** What is specified: something that registers command handlers, however it is built inside. */
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

    /** A spec about one stream. */
    public static Spec of(Subject subject, String stream) {
        return new Spec(subject, new StreamName(stream));
    }

    /** What has happened before. */
    public Spec given(Object... events) {
        List<NewEvent> history = Arrays.stream(events)
                .map(event -> codec.encode(event, Map.of()))
                .toList();
        return stored(history);
    }

    /** What has happened before, as it was stored then: maybe in a shape that is no longer written. */
    public Spec stored(List<NewEvent> history) {
        store.append(stream, ExpectedVersion.any(), history);
        return this;
    }

    /** What is asked for. */
    public Outcome when(Command command) {
        long before = store.readStream(stream, 0, EventStore.MAX_PAGE).events().size();
        long headBefore = store.head();
        CommandResult result = bus.dispatch(command, CommandContext.NONE);
        List<Object> raised = store.readStream(stream, before, EventStore.MAX_PAGE).events().stream()
                .map(codec::decode)
                .toList();
        return new Outcome(result, raised, stream, before, store.head() - headBefore - raised.size());
    }

    /** What came of it. */
    public record Outcome(
            CommandResult result, List<Object> raised, StreamName stream, long versionBefore, long elsewhere) {

        /** Exactly these events, in this order. */
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

        /** The effect held already. */
        public void thenNothing() {
            then();
        }

        /** This rule stood in the way, and nothing has happened. */
        public void thenRejected(Rejection rejection) {
            assertThat(result).isEqualTo(new CommandResult.Rejected(rejection));
            assertThat(raised).as("events raised by a rejected command").isEmpty();
            assertNothingElsewhere();
        }

        /** There is no such thing, and nothing has happened. */
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
