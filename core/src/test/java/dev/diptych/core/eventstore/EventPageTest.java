package dev.diptych.core.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.eventstore.EventStore.EventPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventPageTest {

    @Test
    void a_page_is_immutable() {
        var event = new RecordedEvent(1, new StreamName("lamp-1"), 1, "lamp-lit", 1, "{}", "{}", Instant.EPOCH);
        List<RecordedEvent> ofTheStore = new ArrayList<>(List.of(event));
        var page = new EventPage(ofTheStore, "h");
        ofTheStore.clear();
        assertThat(page.events()).containsExactly(event);
        assertThatThrownBy(() -> page.events().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
