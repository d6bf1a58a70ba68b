package dev.diptych.store.memory.broken;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
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
    void a_contract_with_a_disabled_test_has_failed() {
        assertThat(ContractRun.of(OneTestDisabled.class).failures())
                .containsExactlyEntriesOf(Map.of("a_read_rejects_arguments_out_of_range", "did not run"));
    }

    static class OneTestDisabled extends EventStoreRun {
        OneTestDisabled(Fault fault, Duration patience) {
            super(fault, patience);
        }

        @Override
        @Test
        @Disabled("not now")
        public void a_read_rejects_arguments_out_of_range() {}
    }
}
