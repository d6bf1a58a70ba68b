package dev.diptych.api.bench;

import dev.diptych.api.bench.Rounds.Result;
import dev.diptych.core.StoredEvents;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import dev.diptych.store.memory.MemoryEventStore;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/**
 * Compares the store in memory with a map. Every measurement fills an empty store or map, so that the garbage collector
 * has little to do and the rounds are alike.
 */
final class MemoryRounds {

    private static final int STREAMS = 20_000;
    private static final int LENGTH = 10;
    private static final Rounds ROUNDS = new Rounds(20, 101, 0);
    private static final EventCodec CODEC = StoredEvents.codec();
    private static final OrderPaid PAID =
            new OrderPaid("o-1", "c-1", Money.of("15.00"), Instant.parse("2026-01-01T10:00:00Z"));
    private static final NewEvent EVENT = CODEC.encode(PAID, Map.of());

    private MemoryRounds() {}

    /** Appends to new streams, beside {@link ConcurrentHashMap#put}. */
    static Result append(boolean json) throws Exception {
        return ROUNDS.compare(
                () -> {
                    var store = new MemoryEventStore();
                    return rate(name -> append(store, name, List.of(json ? CODEC.encode(PAID, Map.of()) : EVENT)));
                },
                () -> {
                    Map<String, OrderPaid> map = new ConcurrentHashMap<>();
                    return rate(name -> map.put(name, PAID) == null ? 1 : 0);
                });
    }

    /** Loads streams of ten events, beside {@link ConcurrentHashMap#get} of a list of ten. */
    static Result load(boolean json) throws Exception {
        var store = new MemoryEventStore();
        rate(name -> append(store, name, Collections.nCopies(LENGTH, EVENT)));
        Map<String, List<OrderPaid>> map = new ConcurrentHashMap<>();
        rate(name -> map.put(name, Collections.nCopies(LENGTH, PAID)) == null ? 1 : 0);
        return ROUNDS.compare(
                () -> rate(name -> {
                    List<RecordedEvent> events =
                            store.readStream(new StreamName(name), 0, LENGTH).events();
                    return json ? events.stream().map(CODEC::decode).toList().size() : events.size();
                }),
                () -> rate(name -> map.get(name).size()));
    }

    private static long append(EventStore store, String name, List<NewEvent> events) {
        store.append(new StreamName(name), ExpectedVersion.noStream(), events);
        return events.size();
    }

    /** Calls an operation on each stream; returns the number of streams per second. */
    private static double rate(ToLongFunction<String> operation) {
        long began = System.nanoTime();
        long events = 0;
        for (int stream = 0; stream < STREAMS; stream++) {
            events += operation.applyAsLong("order-" + stream);
        }
        double rate = STREAMS * 1e9 / (System.nanoTime() - began);
        if (events % STREAMS != 0) { // the sum keeps the compiler from leaving out the operations
            throw new IllegalStateException(events + " events in " + STREAMS + " streams");
        }
        return rate;
    }
}
