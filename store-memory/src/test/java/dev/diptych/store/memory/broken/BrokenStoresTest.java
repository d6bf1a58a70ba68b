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
 * Every broken store fails the contract, by the tests that are there for it, and every test is there for some fault. Most of
 * it is waiting in vain for what a broken store does not do, so several are held to the contract at the same time.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenStoresTest {

    /** Contract tests that no store can fail by a fault of its own, with the reason. */
    private static final Map<String, String> NOT_ABOUT_STORES = Map.of(
            "a_runner_asks_to_be_woken_before_it_looks_for_itself",
            "what it holds to a promise is the runner, whatever store it runs on",
            "an_event_that_cannot_be_read_is_seen_after_a_position_without_an_event",
            "what it holds to a promise is the runner, whatever store it runs on");

    private final Logger runnerLog = Logger.getLogger(ProjectionRunner.class.getName());

    static Stream<Fault> faults() {
        return Fault.all().filter(fault -> !(fault instanceof NoOp));
    }

    @BeforeAll
    void keepQuietAboutExpectedFailures() {
        runnerLog.setLevel(Level.OFF);
    }

    @AfterAll
    void speakAgain() {
        runnerLog.setLevel(null);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_broken_store_fails_the_tests_that_it_names_and_passes_all_others(Fault fault) {
        failsAsItSays(fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no_stream_is_met_by_a_new_stream_only", "a_read_has_bounds"})
    void a_fault_that_names_too_few_tests_or_one_that_passes_is_found(String test) {
        var misnamed = new Fault() {
            @Override
            public List<Caught> caught() {
                return List.of(Caught.also(EventStoreRun.class, test));
            }

            @Override
            public String toString() {
                return EventStoreFault.NO_STREAM_AS_ANY.name();
            }
        };
        assertThatThrownBy(() -> failsAsItSays(misnamed)).isInstanceOf(AssertionError.class);
    }

    private static void failsAsItSays(Fault fault) {
        Verdict verdict = fault.verdict();
        explains(verdict, fault);
        assertThat(verdict.failures())
                .containsOnlyKeys(fault.caught().stream().map(Caught::test).toList());
    }

    @ParameterizedTest
    @EnumSource
    void a_store_that_does_nothing_fails_the_contract(NoOp noOp) {
        explains(noOp.verdict(), noOp);
    }

    /** The failure of each test that a fault names says which promise is broken, and how that shows. */
    private static void explains(Verdict verdict, Fault fault) {
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
    void every_test_of_the_contract_is_there_for_a_fault_of_a_store_that_does_something() {
        List<String> named = faults().flatMap(fault -> fault.caught().stream())
                .map(Caught::test)
                .toList();
        assertThat(Fault.RUNS)
                .flatExtracting(ContractRun::assertedBy)
                .filteredOn(promise -> !named.contains(promise))
                .as("contract tests that no broken store is caught by")
                .containsExactlyInAnyOrderElementsOf(NOT_ABOUT_STORES.keySet());
    }
}
