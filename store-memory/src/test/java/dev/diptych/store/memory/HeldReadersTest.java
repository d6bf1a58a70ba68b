package dev.diptych.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Readers of all events can be held back, as by an open append in a database. */
class HeldReadersTest {

    private static final NewEvent EVENT = new NewEvent("lit", 1, "{}", "{}");

    private final MemoryEventStore store = new MemoryEventStore();
    private final StreamName stream = new StreamName("s");

    private void append(int events) {
        store.append(stream, ExpectedVersion.any(), Collections.nCopies(events, EVENT));
    }

    private List<Long> readable(long after) {
        return store.readAll(after, 10).events().stream()
                .map(event -> event.position())
                .toList();
    }

    @Test
    void later_events_are_hidden_until_readers_are_released() {
        append(2);
        var wakeUps = new AtomicInteger();
        Runnable release = store.holdReaders();
        append(2);
        assertThat(readable(0)).containsExactly(1L, 2L);
        assertThat(readable(1)).containsExactly(2L);
        assertThat(readable(2)).isEmpty();
        assertThat(readable(3)).isEmpty();
        assertThat(store.head()).isEqualTo(4);
        assertThat(store.readStream(stream, 0, 10).events())
                .as("streams are read")
                .hasSize(4);
        try (var listening = store.onAppend(wakeUps::incrementAndGet)) {
            assertThat(listening).isNotNull();
            release.run();
        }
        assertThat(wakeUps).hasValue(1);
        assertThat(readable(0)).containsExactly(1L, 2L, 3L, 4L);
    }
}
