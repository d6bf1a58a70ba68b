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
 * One promise that an event store or a read model does not keep; all the rest is the memory store. A fault that needs
 * two callers at the same time makes that happen by {@link dev.diptych.core.contract.Callers}, so that each test that
 * it names fails however the threads are scheduled, and every other test passes.
 */
interface Fault {

    /** The classes that hold a fault to the contracts. */
    List<Class<?>> RUNS =
            List.of(EventStoreRun.class, ConcurrentEventStoreRun.class, ReadModelRun.class, ProjectionRunnerRun.class);

    /** The bound of a wait for what a broken store never does: short, since the test fails however long it is. */
    Duration IN_VAIN = Duration.ofMillis(500);

    /** The memory store as it is. */
    Fault NONE = List::of;

    /**
     * How a fault shows.
     *
     * @param by the class that runs the contract
     * @param test the name of the test that fails
     * @param found what its message says, among other things
     * @param inVain whether it fails by its first wait for what never comes
     */
    record Caught(Class<?> by, String test, String found, boolean inVain) {

        Caught(Class<?> by, String test, String found) {
            this(by, test, found, false);
        }

        /** One more test that fails, in whatever words. */
        static Caught also(Class<?> by, String test) {
            return new Caught(by, test, "");
        }

        static Caught inVain(Class<?> by, String test, String found) {
            return new Caught(by, test, found, true);
        }
    }

    /** Where it shows. */
    List<Caught> caught();

    /** A new, empty event store. */
    default EventStore newStore() {
        return new WrappedEventStore();
    }

    /** New, empty read models of the events of a history. */
    default WrappedTallies newTallies(String history) {
        return new WrappedTallies(history);
    }

    /** The bound of waits in a test. */
    default Duration patience(String test) {
        return caught().stream()
                        .anyMatch(caught -> caught.inVain() && caught.test().equals(test))
                ? IN_VAIN
                : Waiting.PATIENCE;
    }

    static Stream<Fault> all() {
        return Stream.<Fault[]>of(EventStoreFault.values(), ReadModelFault.values(), NoOp.values())
                .flatMap(Stream::of);
    }

    /** Runs a contract against this fault, without the tests that find something by luck. */
    default Verdict heldTo(Class<?> run) {
        return ContractRun.withoutHammers(run, Map.of(OfThisRun.PARAMETER, toString()));
    }

    /** The contracts of the port that is broken, and every other one that the fault names. */
    default Stream<Class<?>> contracts() {
        return Stream.concat(
                        this instanceof EventStoreFault
                                ? Stream.of(EventStoreRun.class, ConcurrentEventStoreRun.class)
                                : Stream.of(ReadModelRun.class),
                        caught().stream().map(Caught::by))
                .distinct();
    }

    /** Runs every contract that this fault is held to. */
    default Verdict verdict() {
        return contracts().map(this::heldTo).reduce(Verdict::and).orElseThrow();
    }

    /** Hands the fault that a {@link ContractRun} is about, and the bound of waits, to the classes that it runs. */
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
