package dev.diptych.api.lab;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.diptych.core.eventstore.RecordedEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as JSON: as it is stored, and what its stream's aggregate was after it.
 *
 * @param state null where it is not asked for, or where no aggregate has such streams
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LabEvent(
        long position,
        String stream,
        long version,
        String type,
        int schemaVersion,
        @JsonRawValue String payload,
        @JsonRawValue String metadata,
        Instant recordedAt,
        @Nullable Object state) {

    static LabEvent of(RecordedEvent event, @Nullable Object state) {
        return new LabEvent(
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
