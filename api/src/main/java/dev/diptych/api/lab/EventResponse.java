package dev.diptych.api.lab;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.diptych.core.eventstore.RecordedEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stored event, with the state of its aggregate after it, as JSON.
 *
 * @param state the state after the event; null if not requested, or if it cannot be determined
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventResponse(
        long position,
        String stream,
        long version,
        String type,
        int schemaVersion,
        @JsonRawValue String payload,
        @JsonRawValue String metadata,
        Instant recordedAt,
        @Nullable Object state) {

    static EventResponse of(RecordedEvent event, @Nullable Object state) {
        return new EventResponse(
                event.position(),
                event.stream().value(),
                event.version(),
                event.type(),
                event.schemaVersion(),
                event.payload(),
                event.metadata(),
                event.recordedAt(),
                state);
    }
}
