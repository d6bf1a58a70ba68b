package dev.diptych.core.contract.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checker judges records of a register whose verdict is known, most of them from the literature. */
class LinearizabilityCheckerTest {

    /** A register with the initial value 0: {@code write} of a value, or {@code read}. */
    private record Call(boolean write, int value) {}

    private static final Model<Integer, Call, Integer> REGISTER = new Model<>() {
        @Override
        public Integer initial() {
            return 0;
        }

        @Override
        public Optional<Integer> step(Integer state, Call call, Optional<Integer> result) {
            if (call.write()) {
                return Optional.of(call.value());
            }
            return result.filter(seen -> !seen.equals(state)).isPresent() ? Optional.empty() : Optional.of(state);
        }

        @Override
        public boolean changesNothing(Call call, Integer result) {
            return !call.write();
        }
    };

    private final LinearizabilityChecker<Integer, Call, Integer> checker = new LinearizabilityChecker<>(REGISTER);

    private static Operation<Call, Integer> write(int value, long from, long to) {
        return Operation.of(0, new Call(true, value), value, from, to);
    }

    private static Operation<Call, Integer> read(int seen, long from, long to) {
        return Operation.of(1, new Call(false, 0), seen, from, to);
    }

    private static Operation<Call, Integer> writeWithoutResponse(int value, long from) {
        return Operation.unknown(2, new Call(true, value), from);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private boolean accepts(Operation<Call, Integer>... operations) {
        return checker.accepts(List.of(operations));
    }

    @Test
    void one_operation_after_another_must_be_a_run_of_the_model() {
        assertThat(accepts(write(1, 1, 2), read(1, 3, 4))).isTrue();
        assertThat(accepts(write(1, 1, 2), read(0, 3, 4))).isFalse();
        assertThat(accepts()).isTrue();
    }

    @Test
    void a_read_during_a_write_sees_the_value_before_or_after_it() {
        assertThat(accepts(write(1, 1, 10), read(0, 2, 3))).isTrue();
        assertThat(accepts(write(1, 1, 10), read(1, 2, 3))).isTrue();
        assertThat(accepts(write(1, 1, 10), read(2, 2, 3))).isFalse();
    }

    /** The history H4 of Herlihy and Wing: once the new value was seen, the old one is not seen again. */
    @Test
    void a_value_that_was_seen_is_not_unseen_by_a_later_read() {
        assertThat(accepts(write(1, 1, 10), read(0, 2, 3), read(1, 4, 5))).isTrue();
        assertThat(accepts(write(1, 1, 10), read(1, 2, 3), read(0, 4, 5))).isFalse();
    }

    @Test
    void two_readers_agree_on_the_order_of_two_writes() {
        assertThat(accepts(write(1, 1, 20), write(2, 1, 20), read(1, 2, 3), read(2, 4, 5)))
                .isTrue();
        assertThat(accepts(write(1, 1, 20), write(2, 1, 20), read(1, 2, 3), read(2, 4, 5), read(1, 6, 7)))
                .isFalse();
    }

    @Test
    void an_operation_without_a_result_takes_effect_at_any_later_time_or_never() {
        assertThat(accepts(writeWithoutResponse(1, 1), read(0, 2, 3), read(0, 90, 91)))
                .isTrue();
        assertThat(accepts(writeWithoutResponse(1, 1), read(0, 2, 3), read(1, 90, 91)))
                .isTrue();
        assertThat(accepts(writeWithoutResponse(1, 1), read(1, 2, 3), read(0, 90, 91)))
                .isFalse();
        assertThat(accepts(read(1, 1, 2), writeWithoutResponse(1, 3))).isFalse();
    }

    /** Without memoisation, the search would try 16 factorial sequences. */
    @Test
    void many_concurrent_writes_without_an_explanation_are_rejected() {
        List<Operation<Call, Integer>> operations = new ArrayList<>();
        for (int i = 1; i <= 16; i++) {
            operations.add(write(i % 3, i, 100 + i));
        }
        operations.add(read(7, 50, 60));
        assertThat(checker.accepts(operations)).isFalse();
    }

    /** Records of a real register, with random moments of effect inside each operation. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_record_of_the_model_is_accepted_and_with_a_wrong_read_it_is_not(long seed) {
        var random = new Random(seed);
        List<Operation<Call, Integer>> operations = new ArrayList<>();
        int value = 0;
        for (int effect = 10; effect <= 200; effect += 10) {
            int from = effect - random.nextInt(30);
            int to = effect + 1 + random.nextInt(30);
            boolean writes = random.nextBoolean();
            value = writes ? effect : value;
            operations.add(writes ? write(value, from, to) : read(value, from, to));
        }
        operations.add(read(value, 300, 301));
        assertThat(checker.accepts(operations)).isTrue();
        operations.add(read(-1, random.nextInt(200), 302));
        assertThat(checker.accepts(operations)).isFalse();
    }

    @Test
    void a_rejected_record_is_shrunk_to_the_operations_that_contradict_each_other() {
        List<Operation<Call, Integer>> operations = new ArrayList<>(List.of(
                write(1, 1, 2), read(1, 3, 4), write(2, 5, 6), read(2, 7, 8), read(1, 9, 10), write(3, 11, 12)));
        assertThat(new Shrinking<>(REGISTER).of(operations))
                .containsExactly(write(1, 1, 2), write(2, 5, 6), read(1, 9, 10));
    }
}
