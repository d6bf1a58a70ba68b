package dev.diptych.core.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.aggregate.StateCache.Entry;
import dev.diptych.core.eventstore.AppendResult.Receipt;
import dev.diptych.core.eventstore.StreamName;
import org.junit.jupiter.api.Test;

/** Which states are remembered. */
class StateCacheTest {

    private final StateCache<String> states = new StateCache<>(2);

    private static Entry<String> entry(String stream, long version, String history) {
        return new Entry<>(stream + version, new Receipt(new StreamName(stream), version, version, history));
    }

    private String stateOf(String stream) {
        return states.find(new StreamName(stream)).map(Entry::state).orElse("none");
    }

    @Test
    void the_states_that_were_used_last_are_kept() {
        states.put(entry("a", 1, "h"));
        states.put(entry("b", 1, "h"));
        stateOf("a");
        states.put(entry("c", 1, "h"));
        assertThat(stateOf("a")).isEqualTo("a1");
        assertThat(stateOf("b")).isEqualTo("none");
        assertThat(stateOf("c")).isEqualTo("c1");
    }

    @Test
    void an_older_state_does_not_replace_a_newer_one() {
        states.put(entry("a", 2, "h"));
        states.put(entry("a", 1, "h"));
        assertThat(stateOf("a")).isEqualTo("a2");
    }

    @Test
    void a_state_of_another_history_replaces_one_with_a_higher_version() {
        states.put(entry("a", 2, "h"));
        states.put(entry("a", 1, "restored"));
        assertThat(stateOf("a")).isEqualTo("a1");
    }

    @Test
    void a_removed_state_is_gone() {
        states.put(entry("a", 2, "h"));
        states.remove(new StreamName("a"));
        assertThat(stateOf("a")).isEqualTo("none");
    }
}
