package dev.diptych.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Callers.Role;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallersTest {

    private final AtomicBoolean happened = new AtomicBoolean();

    private final Callable<Boolean> waitsForAWriter = () -> {
        Callers.await(Role.WRITER, happened::get);
        return happened.get();
    };

    private static List<Boolean> together(List<Callable<Boolean>> writers, List<Callable<Boolean>> readers)
            throws Exception {
        return Waiting.together(Waiting.PATIENCE, writers, readers);
    }

    @Test
    void a_caller_waits_until_another_makes_the_condition_true() throws Exception {
        Callable<Boolean> writer = () -> {
            happened.set(true);
            Callers.signal();
            Callers.await(Role.READER, () -> false); // does not end before the reader
            return true;
        };
        assertThat(together(List.of(writer), List.of(waitsForAWriter))).containsOnly(true);
    }

    @Test
    void a_caller_stops_waiting_when_the_last_other_caller_has_ended() throws Exception {
        assertThat(together(List.of(() -> true), List.of(waitsForAWriter))).containsExactly(true, false);
    }

    @Test
    void callers_that_wait_for_each_other_continue_one_by_one() throws Exception {
        assertThat(together(List.of(waitsForAWriter, waitsForAWriter, waitsForAWriter), List.of()))
                .containsOnly(false);
    }

    @Test
    void a_caller_does_not_wait_for_callers_of_another_role() throws Exception {
        var writers = new AtomicInteger(1);
        Callable<Boolean> reader = () -> {
            Waiting.until("the writer has continued", () -> writers.get() == 0);
            return true;
        };
        Callable<Boolean> writer = () -> {
            Callers.await(Role.WRITER, () -> false);
            return writers.decrementAndGet() == 0;
        };
        assertThat(together(List.of(writer), List.of(reader))).containsOnly(true);
    }

    @Test
    void a_thread_that_is_not_a_caller_never_waits() {
        Callers.await(Role.WRITER, () -> false);
        Callers.signal();
        assertThat(happened).isFalse();
    }
}
