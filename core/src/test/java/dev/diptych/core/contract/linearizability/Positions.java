package dev.diptych.core.contract.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Waiting;
import dev.diptych.core.contract.linearizability.StoreCall.Append;
import dev.diptych.core.contract.linearizability.StoreCall.Result;
import dev.diptych.core.eventstore.AppendResult.Appended;
import dev.diptych.core.eventstore.AppendResult.CommandIdTaken;
import dev.diptych.core.eventstore.AppendResult.Conflict;
import dev.diptych.core.eventstore.AppendResult.Receipt;
import dev.diptych.core.eventstore.AppendResult.Repeated;
import dev.diptych.core.eventstore.AppendResult.StampedReceipt;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.eventstore.StreamName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks the positions in a record, which are global and therefore not checked part by part. Each event has one
 * position in all results; positions increase with the versions of a stream; an append that returned before another was
 * called has lower positions; and {@link EventStore#readAll} finally returns every event, in that order, once.
 */
final class Positions {

    private record Event(StreamName stream, long version) {}

    private final Map<Event, Long> seen = new HashMap<>();

    private Positions() {}

    /**
     * Asserts all of this.
     *
     * @param before the position of the last event before the record
     */
    static void assertConsistent(List<Operation<StoreCall, Result>> operations, EventStore store, long before) {
        var positions = new Positions();
        operations.forEach(operation -> operation.result().ifPresent(positions::add));
        assertFollowRealTime(operations);
        positions.assertReadInOrder(store, before);
    }

    private void add(Result result) {
        switch (result) {
            case Result.Outcome(Appended(Receipt receipt)) -> add(receipt);
            case Result.Outcome(Repeated(Receipt receipt)) -> add(receipt);
            case Result.Outcome(CommandIdTaken(StampedReceipt first)) -> add(first.receipt());
            case Result.Outcome(Conflict conflict) -> {}
            case Result.Read(var page) ->
                page.events().forEach(event -> add(new Event(event.stream(), event.version()), event.position()));
            case Result.Found(var command) -> command.ifPresent(first -> add(first.receipt()));
        }
    }

    private void add(Receipt receipt) {
        if (receipt.version() > 0) {
            add(new Event(receipt.stream(), receipt.version()), receipt.position());
        }
    }

    private void add(Event event, long position) {
        assertThat(seen.merge(event, position, (first, second) -> first))
                .as("the position of %s", event)
                .isEqualTo(position);
    }

    private static void assertFollowRealTime(List<Operation<StoreCall, Result>> operations) {
        List<Operation<StoreCall, Result>> appends = operations.stream()
                .filter(each -> each.call() instanceof Append append
                        && !append.payloads().isEmpty()
                        && positionOf(each) > 0)
                .toList();
        for (Operation<StoreCall, Result> first : appends) {
            for (Operation<StoreCall, Result> second : appends) {
                assertThat(first.returnedAt() < second.calledAt() && positionOf(first) >= positionOf(second))
                        .as("whether %s has a position at or after that of %s", first, second)
                        .isFalse();
            }
        }
    }

    /** Returns 0 if nothing was appended. */
    private static long positionOf(Operation<StoreCall, Result> operation) {
        return operation
                .result()
                .map(result -> result instanceof Result.Outcome(Appended(Receipt receipt)) ? receipt.position() : 0L)
                .orElse(0L);
    }

    private void assertReadInOrder(EventStore store, long before) {
        List<RecordedEvent> log = Waiting.until(
                "all events that were seen are read",
                () -> log(store, before),
                found -> found.stream().map(RecordedEvent::position).toList().containsAll(seen.values()));
        Map<StreamName, Long> versions = new HashMap<>();
        List<Long> order = new ArrayList<>(List.of(before));
        log.forEach(event -> {
            assertThat(event.position()).as("the position after %s", order).isGreaterThan(order.getLast());
            order.add(event.position());
            assertThat(event.version())
                    .as("the version of %s in position order", event.stream())
                    .isEqualTo(versions.merge(event.stream(), 1L, Long::sum));
            add(new Event(event.stream(), event.version()), event.position());
        });
    }

    /** Returns no events while the store is unavailable. */
    private static List<RecordedEvent> log(EventStore store, long before) {
        try {
            return store.readAll(before, EventStore.MAX_PAGE).events();
        } catch (StoreUnavailableException e) {
            return List.of();
        }
    }
}
