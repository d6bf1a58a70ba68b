package dev.diptych.core.contract.linearizability;

import dev.diptych.core.contract.Waiting;
import dev.diptych.core.contract.linearizability.StoreCall.Result;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What a workload proved about a store.
 *
 * @param rejected the operations that no sequential order explains, shrunk; empty if there are none
 */
public record Verdict(List<Operation<StoreCall, Result>> rejected) {

    /**
     * Runs a workload and checks its record.
     *
     * @param patience the time limit of each wait
     * @param fault called before some calls, while others are in flight
     * @throws AssertionError when its positions are inconsistent
     */
    public static Verdict of(Workload workload, EventStore store, Duration patience, Consumer<Random> fault)
            throws Exception {
        long before = whenAvailable(store::head);
        var model = new StoreModel(whenAvailable(store::history));
        List<Operation<StoreCall, Result>> operations = workload.run(store, patience, fault);
        if (!new LinearizabilityChecker<>(model).accepts(operations)) {
            return new Verdict(new Shrinking<>(model).of(operations));
        }
        Positions.assertConsistent(operations, store, before);
        return new Verdict(List.of());
    }

    private static <T> T whenAvailable(Callable<T> call) {
        return Waiting.until(
                        "the store is available",
                        () -> {
                            try {
                                return Optional.of(call.call());
                            } catch (StoreUnavailableException e) {
                                return Optional.<T>empty();
                            }
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    /** Whether a sequential order explains everything. */
    public boolean isAccepted() {
        return rejected.isEmpty();
    }

    @Override
    public String toString() {
        return rejected.stream()
                .map(each -> "\n  " + each)
                .collect(Collectors.joining("", "No order of these operations explains their results:", ""));
    }
}
