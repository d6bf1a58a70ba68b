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
    void a_caller_waits_until_another_has_made_it_happen() throws Exception {
        Callable<Boolean> writer = () -> {
            happened.set(true);
            Callers.signal();
            Callers.await(Role.READER, () -> false); // has not ended before the reader has
            return true;
        };
        assertThat(together(List.of(writer), List.of(waitsForAWriter))).containsOnly(true);
    }

    @Test
    void a_caller_goes_on_when_the_last_other_one_has_ended() throws Exception {
        assertThat(together(List.of(() -> true), List.of(waitsForAWriter))).containsExactly(true, false);
    }

    @Test
    void callers_that_wait_for_each_other_go_on_one_after_the_other() throws Exception {
        assertThat(together(List.of(waitsForAWriter, waitsForAWriter, waitsForAWriter), List.of()))
                .containsOnly(false);
    }

    @Test
    void a_caller_of_another_role_is_not_waited_for() throws Exception {
        var writers = new AtomicInteger(1);
        Callable<Boolean> reader = () -> {
            Waiting.until("the writer has gone on", () -> writers.get() == 0);
            return true;
        };
        Callable<Boolean> writer = () -> {
            Callers.await(Role.WRITER, () -> false);
            return writers.decrementAndGet() == 0;
        };
        assertThat(together(List.of(writer), List.of(reader))).containsOnly(true);
    }

    @Test
    void a_thread_that_is_no_caller_never_waits() {
        Callers.await(Role.WRITER, () -> false);
        Callers.signal();
        assertThat(happened).isFalse();
    }
}
