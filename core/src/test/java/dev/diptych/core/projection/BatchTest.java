package dev.diptych.core.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.eventstore.UnreadableEventException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Folds batches into rows, with a count of spoken words as the example. */
class BatchTest {

    sealed interface Spoken {}

    /** One or more words, separated by spaces. */
    record Said(String words) implements Spoken {}

    record Unsaid(String word) implements Spoken {}

    record Whistled() implements Spoken {}

    /** Not an event type of the projection. */
    record Written(String word) {}

    record Count(String word, int times, long position) {}

    static class Counts implements Projection<Spoken, Count> {
        @Override
        public String name() {
            return "counts";
        }

        @Override
        public Class<Spoken> eventType() {
            return Spoken.class;
        }

        @Override
        public Set<String> keysOf(Spoken event) {
            return switch (event) {
                case Said said -> new TreeSet<>(List.of(said.words().split(" ")));
                case Unsaid unsaid -> Set.of(unsaid.word());
                case Whistled whistled -> Set.of();
            };
        }

        @Override
        public @Nullable Count evolve(String key, @Nullable Count row, PublishedEvent<Spoken> published) {
            int before = row == null ? 0 : row.times();
            return switch (published.event()) {
                case Said said -> new Count(key, before + 1, published.position());
                case Unsaid unsaid when before == 0 -> throw new IllegalStateException("not said: " + key);
                case Unsaid unsaid -> before == 1 ? null : new Count(key, before - 1, published.position());
                case Whistled whistled -> throw new AssertionError("has no keys");
            };
        }
    }

    private final List<Set<String>> loads = new ArrayList<>();
    private final Map<String, Count> rows = new HashMap<>();

    private Map<String, Optional<Count>> fold(Object... events) {
        return batch(events).fold(new Counts(), keys -> {
            loads.add(Set.copyOf(keys));
            var found = new HashMap<>(rows);
            found.keySet().retainAll(keys);
            return found;
        });
    }

    /** Positions 10, 20, 30, ...; versions 1, 2, 3, ... */
    private static Batch batch(Object... events) {
        List<PublishedEvent<?>> published = new ArrayList<>();
        for (Object event : events) {
            published.add(new PublishedEvent<>(event, published.size() + 1, 10L * (published.size() + 1)));
        }
        return new Batch(0, published, "h");
    }

    @Test
    void several_events_of_one_row_are_folded_in_order() {
        assertThat(fold(new Said("a"), new Said("b"), new Said("a"), new Unsaid("b"), new Said("a")))
                .isEqualTo(Map.of("a", Optional.of(new Count("a", 3, 50)), "b", Optional.empty()));
    }

    @Test
    void an_event_may_change_several_rows() {
        rows.put("b", new Count("b", 4, 1));
        assertThat(fold(new Said("a b")))
                .isEqualTo(Map.of("a", Optional.of(new Count("a", 1, 10)), "b", Optional.of(new Count("b", 5, 10))));
    }

    @Test
    void a_row_can_be_removed_and_created_again_in_one_batch() {
        rows.put("a", new Count("a", 1, 1));
        rows.put("b", new Count("b", 1, 1));
        assertThat(fold(new Unsaid("a"), new Unsaid("b"), new Said("b")))
                .isEqualTo(Map.of("a", Optional.empty(), "b", Optional.of(new Count("b", 1, 30))));
    }

    @Test
    void only_the_affected_rows_are_loaded_and_only_once() {
        rows.put("c", new Count("c", 1, 1));
        assertThat(fold(new Said("a b"), new Said("a"), new Written("c"))).containsOnlyKeys("a", "b");
        assertThat(loads).containsExactly(Set.of("a", "b"));
    }

    @Test
    void a_batch_without_keys_loads_no_rows() {
        assertThat(fold(new Written("a"), new Whistled())).isEmpty();
        assertThat(fold()).isEmpty();
        assertThat(loads).isEmpty();
    }

    @Test
    void the_failure_of_an_event_names_the_event_and_its_position() {
        assertThatThrownBy(() -> fold(new Said("a"), new Said("b"), new Unsaid("c"), new Said("a")))
                .asInstanceOf(InstanceOfAssertFactories.throwable(PoisonedEventException.class))
                .hasMessage("Cannot apply Unsaid at position 30: java.lang.IllegalStateException: not said: c")
                .hasCauseInstanceOf(IllegalStateException.class)
                .extracting(PoisonedEventException::position, PoisonedEventException::event)
                .containsExactly(30L, "Unsaid");
    }

    @Test
    void the_failure_of_keys_of_names_the_event_and_its_position() {
        assertThatThrownBy(() -> fold(new Said("a"), new Said(null)))
                .asInstanceOf(InstanceOfAssertFactories.throwable(PoisonedEventException.class))
                .extracting(PoisonedEventException::position, PoisonedEventException::event)
                .containsExactly(20L, "Said");
    }

    @Test
    void the_events_before_a_position_form_a_batch() {
        Batch whole = batch(new Said("a"), new Said("b"), new Unsaid("c"), new Said("d"));
        Batch healthy = whole.before(30);
        assertThat(healthy.after()).isZero();
        assertThat(healthy.through()).as("the last event before the position").isEqualTo(20);
        assertThat(healthy.events()).isEqualTo(whole.events().subList(0, 2));
    }

    @Test
    void an_empty_batch_ends_at_its_start_and_copies_its_list() {
        List<PublishedEvent<?>> events = new ArrayList<>();
        var batch = new Batch(5, events, "h");
        events.add(new PublishedEvent<>(new Said("a"), 1, 6));
        assertThat(batch.events()).isEmpty();
        assertThat(batch.through()).isEqualTo(5);
    }

    private static Batch unreadable(String stream) {
        var event = new RecordedEvent(30, new StreamName(stream), 3, "shouted", 1, "{}", "{}", Instant.EPOCH);
        var unreadable = new Batch.Unreadable(event, new UnreadableEventException(event, "unknown", null));
        return new Batch(0, List.of(new PublishedEvent<>(unreadable, 3, 30)), "h");
    }

    @Test
    void an_event_that_cannot_be_read_stops_a_projection_that_concerns_its_stream() {
        var counts = new Counts() {
            @Override
            public boolean concerns(String category) {
                return category.equals("speech");
            }
        };
        assertThat(unreadable("letter-1").<Spoken, Count>fold(counts, keys -> Map.of()))
                .isEmpty();
        for (Projection<Spoken, Count> concerned : List.of(counts, new Counts())) {
            assertThatThrownBy(() -> unreadable("speech-1").fold(concerned, keys -> Map.of()))
                    .isInstanceOf(PoisonedEventException.class)
                    .hasMessageContaining("Cannot apply shouted at position 30")
                    .hasMessageContaining("unknown");
        }
    }
}
