package dev.diptych.store.postgres.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.EventStore.EventPage;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.store.postgres.TestDatabase;
import dev.diptych.store.postgres.TestServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A page of large events has fewer events than its limit, and none is skipped. */
class LargeEventsTest {

    private static final NewEvent LARGE = new NewEvent("note", 1, "\"" + "x".repeat(3_000_000) + "\"", "{}");
    private static final NewEvent SMALL = new NewEvent("note", 1, "1", "{}");

    @Test
    void a_page_of_large_events_ends_early_and_the_next_page_continues() {
        try (TestDatabase on = TestServer.newest().fresh()) {
            append(on.store(), "large", Collections.nCopies(7, LARGE));
            append(on.store(), "small", Collections.nCopies(1_200, SMALL));

            List<Integer> sizes = new ArrayList<>();
            List<Long> positions = new ArrayList<>();
            long through = 0;
            while (through < on.store().head()) {
                EventPage page = on.store().readAll(through, EventStore.MAX_PAGE);
                through = page.events().getLast().position();
                sizes.add(page.events().size());
                page.events().stream().map(RecordedEvent::position).forEach(positions::add);
            }
            assertThat(sizes).containsExactly(3, 3, 1_201);
            assertThat(positions)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 1_207).boxed().toList());
        }
    }

    private static void append(EventStore store, String stream, List<NewEvent> events) {
        store.append(new StreamName(stream), ExpectedVersion.noStream(), events);
    }
}
