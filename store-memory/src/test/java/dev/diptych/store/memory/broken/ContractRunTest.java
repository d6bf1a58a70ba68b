package dev.diptych.store.memory.broken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.diptych.core.contract.EventStoreContract;
import dev.diptych.core.contract.ShiftedClock;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.store.memory.MemoryEventStore;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContractRunTest {

    @ParameterizedTest
    @ValueSource(
            classes = {EventStoreRun.class, ConcurrentEventStoreRun.class, ReadModelRun.class, ProjectionRunnerRun.class
            })
    void the_memory_store_passes_every_contract_test(Class<?> contract) {
        Verdict verdict = ContractRun.of(contract);
        assertThat(verdict.failures()).isEmpty();
        assertThat(verdict.passed()).isTrue();
        assertThat(verdict.kept()).isEqualTo(ContractRun.promisesOf(contract)).isNotEmpty();
    }

    @Test
    void a_contract_that_is_skipped_without_a_store_has_failed() {
        Verdict verdict = ContractRun.of(WithoutDatabase.class);
        assertThat(verdict.passed()).isFalse();
        assertThat(verdict.failures())
                .containsOnlyKeys(ContractRun.promisesOf(EventStoreContract.class))
                .hasEntrySatisfying(
                        "a_read_rejects_arguments_out_of_range",
                        found -> assertThat(found).contains("did not run", "there is no database here"));
    }

    @Test
    void a_disabled_contract_has_failed() {
        Verdict verdict = ContractRun.of(DisabledContract.class);
        assertThat(verdict.failures())
                .containsEntry("DisabledContract", "did not run: too slow")
                .containsEntry("a_read_rejects_arguments_out_of_range", "did not run");
    }

    @Test
    void a_contract_with_a_disabled_test_has_failed() {
        assertThat(ContractRun.of(OneTestDisabled.class).failures())
                .containsOnlyKeys("a_read_rejects_arguments_out_of_range")
                .containsEntry("a_read_rejects_arguments_out_of_range", "did not run: not now");
    }

    @Test
    void a_contract_with_an_overridden_test_has_failed() {
        assertThat(ContractRun.of(OneOverridden.class).failures())
                .containsOnlyKeys("a_read_rejects_arguments_out_of_range")
                .containsEntry("a_read_rejects_arguments_out_of_range", "did not run");
    }

    @Test
    void a_contract_that_cannot_open_its_store_has_failed() {
        assertThat(ContractRun.of(Unopened.class).failures())
                .containsOnlyKeys(ContractRun.promisesOf(EventStoreContract.class));
    }

    @Test
    void a_contract_does_not_wait_forever_for_a_store_that_never_answers() {
        assertThat(ContractRun.of(NeverAnswers.class).failures())
                .hasEntrySatisfying(
                        "the_head_is_the_position_of_the_last_event_or_0",
                        found -> assertThat(found).contains("timed out after 1 second"));
    }

    @Test
    void a_class_without_tests_has_failed() {
        assertThat(ContractRun.of(Empty.class).failures()).containsEntry("Empty", "there is no test in it");
    }

    static class WithoutDatabase extends EventStoreContract {
        @Override
        protected EventStore newStore() {
            assumeTrue(false, "there is no database here");
            return new MemoryEventStore();
        }

        @Override
        protected void letTimePass(Duration time) {}
    }

    @Disabled("too slow")
    static class DisabledContract extends Sound {}

    static class OneTestDisabled extends Sound {
        @Override
        @Test
        @Disabled("not now")
        public void a_read_rejects_arguments_out_of_range() {}
    }

    static class OneOverridden extends Sound {
        @Override
        public void a_read_rejects_arguments_out_of_range() {}
    }

    static class Unopened extends EventStoreContract {
        @Override
        protected EventStore newStore() {
            throw new IllegalStateException("no connection");
        }

        @Override
        protected void letTimePass(Duration time) {}
    }

    @Timeout(value = 1, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    static class NeverAnswers extends EventStoreContract {
        @Override
        protected EventStore newStore() {
            return new WrappedEventStore() {
                @Override
                public long head() {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return 0;
                }
            };
        }

        @Override
        protected void letTimePass(Duration time) {}
    }

    static class Empty {}

    static class Sound extends EventStoreContract {

        private final ShiftedClock clock = new ShiftedClock();

        @Override
        protected EventStore newStore() {
            return new MemoryEventStore(clock);
        }

        @Override
        protected void letTimePass(Duration time) {
            clock.forward(time);
        }
    }
}
