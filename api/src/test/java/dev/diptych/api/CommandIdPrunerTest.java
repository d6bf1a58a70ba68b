package dev.diptych.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.store.memory.MemoryEventStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CommandIdPrunerTest {

    @Test
    void expired_command_ids_are_pruned_in_the_background() {
        var now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        var events = new MemoryEventStore(now::get);
        for (int i = 0; i < 2_500; i++) {
            append(events, "old-" + i);
        }
        now.set(Instant.parse("2026-01-03T00:00:00Z"));
        append(events, "young");
        try (var pruner = new CommandIdPruner(events, Duration.ofHours(24), Duration.ofMillis(5))) {
            pruner.start();
            Waiting.until(
                    "the last old one is forgotten",
                    () -> events.findCommand("old-2499").isEmpty());
            assertThat(events.findCommand("old-0")).isEmpty();
            assertThat(events.findCommand("young")).isPresent();
            now.set(Instant.parse("2026-01-05T00:00:00Z"));
            Waiting.until("the next round", () -> events.findCommand("young").isEmpty());
        }
    }

    private static void append(EventStore events, String id) {
        events.append(
                new StreamName("s"), ExpectedVersion.any(), List.of(), Optional.of(new CommandStamp(id, "print")));
    }
}
