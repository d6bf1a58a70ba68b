package dev.diptych.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A held append is a transaction that has drawn a position and is never committed. */
class HeldAppendsTest {

    private static final NewEvent EVENT = new NewEvent("lit", 1, "{}", "{}");

    @AutoClose
    private final TestDatabase on = TestServer.newest().fresh();

    private final PostgresWakeUps wakeUps = new PostgresWakeUps(on.source());
    private final PostgresHeldAppends appends = new PostgresHeldAppends(on.pooledAs("diptych_writer"), wakeUps);

    private void append() {
        on.store().append(new StreamName("s"), ExpectedVersion.any(), List.of(EVENT));
    }

    private List<Long> readable() {
        return on.store().readAll(0, 10).events().stream()
                .map(event -> event.position())
                .toList();
    }

    @Test
    void it_hides_later_events_and_leaves_a_gap() {
        append();
        Runnable release = appends.open(Duration.ofSeconds(30));
        append();
        assertThat(readable()).containsExactly(1L);
        assertThat(on.store().head()).isEqualTo(3);
        release.run();
        assertThat(readable()).containsExactly(1L, 3L);
        wakeUps.close();
    }

    @Test
    void its_end_wakes_readers() throws Exception {
        Runnable release = appends.open(Duration.ofSeconds(30));
        var woken = new Semaphore(0);
        try (EventStore.Subscription listening = wakeUps.subscribe(woken::release)) {
            assertThat(listening).isNotNull();
            release.run();
            assertThat(woken.tryAcquire(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
        wakeUps.close();
    }

    @Test
    void the_server_ends_one_that_its_process_does_not_end() {
        Runnable release = appends.open(Duration.ZERO);
        append();
        assertThat(readable()).isEmpty();
        Waiting.until("the event can be read", () -> readable().equals(List.of(2L)));
        release.run(); // does not throw
        wakeUps.close();
    }
}
