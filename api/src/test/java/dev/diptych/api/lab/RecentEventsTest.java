package dev.diptych.api.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.DelegatingEventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.Place;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.store.memory.MemoryEventStore;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which events a feed keeps, and when it must read them again. */
class RecentEventsTest {

    private static final NewEvent EVENT = new NewEvent("lit", 1, "{}", "{}");

    private final MemoryEventStore store = new MemoryEventStore();

    /** The history that the store reports instead of its own; empty for its own. */
    private String another = "";

    private final RecentEvents recent = new RecentEvents(new DelegatingEventStore(store) {
        @Override
        public EventPage readAll(long afterPosition, int limit) {
            EventPage page = store.readAll(afterPosition, limit);
            return another.isEmpty() ? page : new EventPage(page.events(), another);
        }
    });

    private void append(int count) {
        store.append(new StreamName("s"), ExpectedVersion.any(), Collections.nCopies(count, EVENT));
    }

    private static List<Long> positions(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::position).toList();
    }

    private Place at(long position) {
        return new Place(store.history(), position);
    }

    @Test
    void an_empty_store_has_none() {
        recent.restart();
        assertThat(recent.all()).isEmpty();
        assertThat(recent.head()).isZero();
        assertThat(recent.horizon()).isZero();
        assertThat(recent.after(at(0))).contains(List.of());
    }

    @Test
    void the_last_200_are_kept() {
        append(250);
        recent.restart();
        assertThat(positions(recent.all())).hasSize(200).startsWith(51L).endsWith(250L);
        append(2);
        assertThat(recent.readOn().map(RecentEventsTest::positions)).contains(List.of(251L, 252L));
        assertThat(positions(recent.all())).hasSize(200).startsWith(53L).endsWith(252L);
        assertThat(recent.readOn()).contains(List.of());
    }

    @Test
    void a_place_is_continued_if_nothing_after_it_is_missing() {
        append(250);
        recent.restart();
        assertThat(recent.after(at(250))).contains(List.of());
        assertThat(recent.after(at(50)).orElseThrow()).hasSize(200);
        assertThat(recent.after(at(49))).isEmpty();
        assertThat(recent.after(at(251))).isEmpty();
        assertThat(recent.after(new Place("another", 250))).isEmpty();
    }

    @Test
    void too_many_at_once_are_read_again() {
        recent.restart();
        append(199);
        assertThat(recent.readOn().orElseThrow()).hasSize(199);
        append(200);
        assertThat(recent.readOn()).isEmpty();
        assertThat(positions(recent.all())).hasSize(200).startsWith(200L).endsWith(399L);
    }

    @Test
    void another_history_is_read_again() {
        append(3);
        recent.restart();
        another = "another";
        assertThat(recent.readOn()).isEmpty();
        assertThat(recent.history()).isEqualTo("another");
        assertThat(recent.all()).hasSize(3);
    }

    @Test
    void events_before_many_that_are_held_back_are_found() {
        append(5);
        Runnable release = store.holdReaders();
        append(1_000);
        recent.restart();
        assertThat(positions(recent.all())).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(recent.horizon()).isEqualTo(5);
        assertThat(recent.head()).isEqualTo(1_005);
        assertThat(recent.readOn()).contains(List.of());
        release.run();
        assertThat(recent.readOn()).isEmpty();
        assertThat(recent.horizon()).isEqualTo(1_005);
    }
}
