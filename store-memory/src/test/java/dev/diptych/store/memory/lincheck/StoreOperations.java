package dev.diptych.store.memory.lincheck;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.Appended;
import dev.diptych.core.eventstore.AppendResult.Conflict;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/**
 * The operations of a store that Lincheck calls: from several threads, and for the expected results from one. Results
 * are texts without what differs from store to store.
 */
@Param(name = "stream", gen = IntGen.class, conf = "1:2")
abstract class StoreOperations {

    private final EventStore store;
    private final AtomicLong headWhenWoken = new AtomicLong();

    StoreOperations(EventStore store) {
        this.store = store;
        store.onAppend(() -> headWhenWoken.accumulateAndGet(store.head(), Math::max));
    }

    /** Appends two events, and says whether the listener was called when they could be read. */
    @Operation
    public String append(@Param(name = "stream") int stream) {
        AppendResult result = append(stream, ExpectedVersion.any(), Optional.empty());
        return summary(result) + " woken "
                + (result instanceof Appended done
                        && headWhenWoken.get() >= done.receipt().position());
    }

    @Operation
    public String begin(@Param(name = "stream") int stream) {
        return summary(append(stream, ExpectedVersion.noStream(), Optional.empty()));
    }

    @Operation
    public String appendOnce(@Param(name = "stream") int stream) {
        return summary(append(stream, ExpectedVersion.any(), Optional.of(new CommandStamp("id", "print"))));
    }

    @Operation
    public String readStream(@Param(name = "stream") int stream) {
        return texts(store.readStream(name(stream), 0, 100));
    }

    @Operation
    public String readAll() {
        return texts(store.readAll(0, 100));
    }

    @Operation
    public String findCommand() {
        return store.findCommand("id")
                .map(found -> String.valueOf(found.receipt().version()))
                .orElse("none");
    }

    @Operation
    public long head() {
        return store.head();
    }

    private AppendResult append(int stream, ExpectedVersion expected, Optional<CommandStamp> stamp) {
        var event = new NewEvent("e", 1, "1", "{}");
        return store.append(name(stream), expected, List.of(event, event), stamp);
    }

    private static StreamName name(int stream) {
        return new StreamName("s-" + stream);
    }

    private static String summary(AppendResult result) {
        return switch (result) {
            case Appended done ->
                "appended " + done.receipt().version() + "@" + done.receipt().position();
            case AppendResult.Repeated repeated ->
                "repeated " + repeated.first().version() + "@"
                        + repeated.first().position();
            case Conflict conflict -> "conflict at " + conflict.actual();
            case AppendResult.CommandIdTaken taken -> "taken by " + taken.first().receipt().stream();
        };
    }

    private static String texts(EventStore.EventPage page) {
        return page.events().stream()
                .map(event -> event.stream() + "." + event.version() + "@" + event.position())
                .toList()
                .toString();
    }
}
