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

/**
 * One obligation that an event store or a read model violates; everything else is the memory store. A fault that needs
 * two concurrent callers creates their interleaving with {@link dev.diptych.core.contract.Callers}. So each test that
 * the fault names fails in every schedule of the threads, and every other test passes.
 */
interface Fault {

    /** The classes that run the contracts against a fault. */
    List<Class<?>> RUNS =
            List.of(EventStoreRun.class, ConcurrentEventStoreRun.class, ReadModelRun.class, ProjectionRunnerRun.class);

    /** The bound of a wait that a broken store always lets time out: short, since the test fails with any bound. */
    Duration SHORT_TIMEOUT = Duration.ofMillis(500);

    /** The memory store without a fault. */
    Fault NONE = List::of;

    /**
     * A test that catches a fault.
     *
     * @param test the name of the test that fails
     * @param found a part of its failure message
     * @param byTimeout whether its first wait times out
     */
    record Caught(String test, String found, boolean byTimeout) {

        Caught(String test, String found) {
            this(test, found, false);
        }

        /** Another test that fails, with any message. */
        static Caught also(String test) {
            return new Caught(test, "");
        }

        static Caught byTimeout(String test) {
            return byTimeout(test, "");
        }

        static Caught byTimeout(String test, String found) {
            return new Caught(test, found, true);
        }

        /** Returns the class that runs the contract with this test. */
        Class<?> by() {
            return RUNS.stream()
                    .filter(run -> ContractRun.assertedBy(run).contains(test))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("No contract has a test " + test));
        }
    }

    /** The tests that catch this fault. */
    List<Caught> caught();

    /** Returns a new, empty event store. */
    default EventStore newStore() {
        return new WrappedEventStore();
    }

    /** Returns new, empty read models for the events of a history. */
    default WrappedTallies newTallies(String history) {
        return new WrappedTallies(history);
    }

    /** Returns the bound of the waits in a test. */
    default Duration patience(String test) {
        return caught().stream()
                        .anyMatch(caught -> caught.byTimeout() && caught.test().equals(test))
                ? SHORT_TIMEOUT
                : Waiting.PATIENCE;
    }

    static Stream<Fault> all() {
        return Stream.<Fault[]>of(EventStoreFault.values(), ReadModelFault.values(), NoOp.values())
                .flatMap(Stream::of);
    }

    /** Runs a contract against this fault, without the stress tests. */
    default Verdict verdictOf(Class<?> run) {
        return ContractRun.withoutStressTests(run, Map.of(OfThisRun.PARAMETER, toString()));
    }

    /** Returns the contracts of the broken port, and every other contract that the fault names. */
    default Stream<Class<?>> contracts() {
        return Stream.concat(
                        this instanceof EventStoreFault
                                ? Stream.of(EventStoreRun.class, ConcurrentEventStoreRun.class)
                                : Stream.of(ReadModelRun.class),
                        caught().stream().map(Caught::by))
                .distinct();
    }

    /** Runs all of these contracts against this fault. */
    default Verdict verdict() {
        return contracts().map(this::verdictOf).reduce(Verdict::and).orElseThrow();
    }

    /** Passes the fault of a {@link ContractRun} and the bound of its waits to the classes that it runs. */
    final class OfThisRun implements ParameterResolver {

        static final String PARAMETER = "fault";

        @Override
        public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
            return ExtensionContextScope.TEST_METHOD;
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
            Class<?> type = parameter.getParameter().getType();
            return type == Fault.class || type == Duration.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
            Fault fault = test.getConfigurationParameter(PARAMETER)
                    .map(name -> all().filter(each -> each.toString().equals(name))
                            .findFirst()
                            .orElseThrow())
                    .orElse(NONE);
            return parameter.getParameter().getType() == Fault.class
                    ? fault
                    : fault.patience(test.getRequiredTestMethod().getName());
        }
    }
}
