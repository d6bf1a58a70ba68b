package dev.diptych.core.contract.linearizability;

import dev.diptych.core.contract.Waiting;
import dev.diptych.core.contract.linearizability.StoreCall.Append;
import dev.diptych.core.contract.linearizability.StoreCall.FindCommand;
import dev.diptych.core.contract.linearizability.StoreCall.ReadStream;
import dev.diptych.core.contract.linearizability.StoreCall.Result;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.eventstore.StreamName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A few clients that call one store concurrently: some append, read and look up command ids, and one only reads. The
 * same seed gives the same calls and the same faults, but not always the same interleaving. Stream names and command
 * ids begin with the seed, so that one store can take many workloads.
 *
 * @param seed the seed of the random choices
 * @param clients the number of clients, at least 2
 * @param calls the number of calls of each client
 */
public record Workload(long seed, int clients, int calls) {

    /** Each part has two streams and two command ids. */
    private static final int PARTS = 2;

    /** Small enough to be checked in milliseconds. */
    public static Workload small(long seed) {
        return new Workload(seed, 4, 8);
    }

    /**
     * Makes the calls, and then reads every stream and looks up every command id.
     *
     * @param patience the time limit
     * @param fault called before some calls, while others are in flight
     */
    public List<Operation<StoreCall, Result>> run(EventStore store, Duration patience, Consumer<Random> fault)
            throws Exception {
        String history = store.history();
        var clock = new AtomicLong();
        List<Callable<List<Operation<StoreCall, Result>>>> tasks = IntStream.range(0, clients)
                .<Callable<List<Operation<StoreCall, Result>>>>mapToObj(
                        client -> () -> client(client, store, history, clock, fault))
                .toList();
        List<Operation<StoreCall, Result>> operations = new ArrayList<>();
        Waiting.together(patience, tasks.subList(1, clients), tasks.subList(0, 1))
                .forEach(operations::addAll);
        for (int part = 0; part < PARTS; part++) {
            for (int i = 0; i < 2; i++) {
                last(new ReadStream(part, stream(part, i), 0, 1_000), store, clock, operations);
                last(new FindCommand(part, commandId(part, i)), store, clock, operations);
            }
        }
        return operations;
    }

    /** Repeats a call that fails, because the faults have ended. */
    private void last(
            StoreCall call, EventStore store, AtomicLong clock, List<Operation<StoreCall, Result>> operations) {
        Waiting.until("the store is available", () -> call(clients, call, store, clock, operations));
    }

    private List<Operation<StoreCall, Result>> client(
            int client, EventStore store, String history, AtomicLong clock, Consumer<Random> fault) {
        var random = new Random(31 * seed + client);
        List<Operation<StoreCall, Result>> operations = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            if (random.nextInt(6) == 0) {
                fault.accept(random);
            }
            int part = random.nextInt(PARTS);
            StoreCall call = client == 0 ? read(part, random) : any(part, client + "." + i, history, random);
            call(client, call, store, clock, operations);
        }
        return operations;
    }

    /** Records a call, unless it had certainly no effect, and returns whether its result is known. */
    private static boolean call(
            int client,
            StoreCall call,
            EventStore store,
            AtomicLong clock,
            List<Operation<StoreCall, Result>> operations) {
        long calledAt = clock.incrementAndGet();
        try {
            Result result = call.on(store);
            return operations.add(Operation.of(client, call, result, calledAt, clock.incrementAndGet()));
        } catch (StoreUnavailableException e) {
            if (call instanceof Append && e.outcomeUnknown()) {
                operations.add(Operation.unknown(client, call, calledAt));
            }
            return false;
        }
    }

    private StoreCall any(int part, String name, String history, Random random) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> read(part, random);
            case 2 -> new FindCommand(part, commandId(part, random.nextInt(2)));
            default -> append(part, name, history, random);
        };
    }

    private ReadStream read(int part, Random random) {
        boolean whole = random.nextBoolean();
        return new ReadStream(part, stream(part, random.nextInt(2)), whole ? 0 : random.nextInt(4), whole ? 1_000 : 2);
    }

    private Append append(int part, String name, String history, Random random) {
        ExpectedVersion expected = switch (random.nextInt(6)) {
            case 0 -> ExpectedVersion.noStream();
            case 1 -> ExpectedVersion.exists();
            case 2, 3 -> ExpectedVersion.exactly(1 + random.nextInt(6), history);
            default -> ExpectedVersion.any();
        };
        List<String> payloads = IntStream.range(0, random.nextInt(4) % 3)
                .mapToObj(i -> "\"" + name + "." + i + "\"")
                .toList();
        Optional<CommandStamp> stamp = random.nextInt(3) > 0
                ? Optional.empty()
                : Optional.of(new CommandStamp(
                        commandId(part, random.nextInt(2)), random.nextInt(8) == 0 ? "another" : "print"));
        return new Append(part, stream(part, random.nextInt(2)), expected, payloads, stamp);
    }

    private StreamName stream(int part, int number) {
        return new StreamName(seed + "." + part + "-" + number);
    }

    private String commandId(int part, int number) {
        return seed + "." + part + "." + number;
    }
}
