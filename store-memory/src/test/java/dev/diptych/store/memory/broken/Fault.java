package dev.diptych.store.memory.broken;

import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.EventStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One promise that is not kept, by an event store or by a read model; all the rest is the memory store. */
interface Fault {

    /** The classes that hold a fault to the contracts. */
    List<Class<?>> RUNS =
            List.of(EventStoreRun.class, ConcurrentEventStoreRun.class, ReadModelRun.class, ProjectionRunnerRun.class);

    /** The memory store as it is. */
    Fault NONE = new Fault() {
        @Override
        public Duration patience() {
            return Waiting.PATIENCE;
        }

        @Override
        public List<Caught> caught() {
            return List.of();
        }
    };

    /**
     * How a fault shows.
     *
     * @param by the class that runs the contract
     * @param test the name of the test that fails
     * @param found what its message says, among other things
     */
    record Caught(Class<?> by, String test, String found) {}

    /** Where it shows. */
    List<Caught> caught();

    /** A new, empty event store. */
    default EventStore newStore() {
        return new WrappedEventStore();
    }

    /** New, empty read models. */
    default WrappedTallies newTallies() {
        return new WrappedTallies();
    }

    /**
     * Short, because what a broken store lets one wait for does not come; and long enough for what comes before that, with
     * several of them on a busy machine.
     */
    default Duration patience() {
        return Duration.ofSeconds(1);
    }

    static Stream<Fault> all() {
        return Stream.concat(Stream.of(EventStoreFault.values()), Stream.of(ReadModelFault.values()));
    }

    /** Runs one contract against this fault. */
    default Verdict heldTo(Class<?> run) {
        return ContractRun.of(run, Map.of(OfThisRun.PARAMETER, toString()));
    }

    /** Runs every contract by which this fault is to be caught. */
    default Verdict verdict() {
        return caught().stream()
                .map(Caught::by)
                .distinct()
                .map(this::heldTo)
                .reduce(Verdict::and)
                .orElseThrow();
    }

    /** Hands the fault that a {@link ContractRun} is about to the classes that it runs. */
    final class OfThisRun implements ParameterResolver {

        static final String PARAMETER = "fault";

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
            return parameter.getParameter().getType() == Fault.class;
        }

        @Override
        public Fault resolveParameter(ParameterContext parameter, ExtensionContext test) {
            return test.getConfigurationParameter(PARAMETER)
                    .map(name -> all().filter(fault -> fault.toString().equals(name))
                            .findFirst()
                            .orElseThrow())
                    .orElse(NONE);
        }
    }
}
