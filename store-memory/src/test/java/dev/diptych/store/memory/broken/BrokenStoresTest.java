package dev.diptych.store.memory.broken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.store.memory.broken.Fault.Caught;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every broken store fails exactly the contract tests that it names, and every contract test catches some fault. Broken
 * stores spend most of the time in waits that time out, so several run concurrently.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenStoresTest {

    /** Contract tests that no fault of a store can fail, with the reason. */
    private static final Map<String, String> NOT_ABOUT_STORES =
            Map.of("a_runner_subscribes_to_appends_before_its_first_read", "it tests the runner, not the store");

    private final Logger runnerLog = Logger.getLogger(ProjectionRunner.class.getName());

    static Stream<Fault> faults() {
        return Fault.all().filter(fault -> !(fault instanceof NoOp));
    }

    @BeforeAll
    void disableLogging() {
        runnerLog.setLevel(Level.OFF);
    }

    @AfterAll
    void enableLogging() {
        runnerLog.setLevel(null);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_broken_store_fails_the_tests_that_it_names_and_passes_the_others(Fault fault) {
        assertFailsAsNamed(fault);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"the_no_stream_expectation_accepts_only_a_new_stream", "a_read_rejects_arguments_out_of_range"})
    void a_fault_that_names_too_few_tests_or_a_passing_test_is_detected(String test) {
        var misnamed = new Fault() {
            @Override
            public List<Caught> caught() {
                return List.of(Caught.also(test));
            }

            @Override
            public String toString() {
                return EventStoreFault.NO_STREAM_AS_ANY.name();
            }
        };
        assertThatThrownBy(() -> assertFailsAsNamed(misnamed)).isInstanceOf(AssertionError.class);
    }

    private static void assertFailsAsNamed(Fault fault) {
        Verdict verdict = fault.verdict();
        assertExplains(verdict, fault);
        assertThat(verdict.failures())
                .containsOnlyKeys(fault.caught().stream().map(Caught::test).toList());
    }

    @ParameterizedTest
    @EnumSource
    void a_store_that_does_nothing_fails_the_contract(NoOp noOp) {
        assertExplains(noOp.verdict(), noOp);
    }

    /** Asserts that the message of each failure states the violated rule and the expected finding. */
    private static void assertExplains(Verdict verdict, Fault fault) {
        fault.caught()
                .forEach(caught -> assertThat(verdict.failures())
                        .hasEntrySatisfying(
                                caught.test(),
                                found -> assertThat(found)
                                        .contains(
                                                "The contract says: "
                                                        + caught.test().replace('_', ' '),
                                                caught.found())));
    }

    @Test
    void every_contract_test_catches_a_broken_store() {
        List<String> named = faults().flatMap(fault -> fault.caught().stream())
                .map(Caught::test)
                .toList();
        assertThat(Fault.RUNS)
                .flatExtracting(ContractRun::assertedBy)
                .filteredOn(promise -> !named.contains(promise))
                .as("contract tests that catch no broken store")
                .containsExactlyInAnyOrderElementsOf(NOT_ABOUT_STORES.keySet());
    }
}
