package dev.diptych.core.eventstore;

import java.time.Instant;

/**
 * A stored event.
 *
 * @param position its number in the total order of all events, from 1; strictly increasing, possibly with gaps
 * @param stream its stream
 * @param version its number in that stream, from 1, without gaps
 * @param type its stable stored name
 * @param schemaVersion the version of the payload's schema, from 1
 * @param payload the event as JSON text, exactly as appended
 * @param metadata data about the event as JSON text, exactly as appended
 * @param recordedAt the time of the append by the store's clock; informative, not to be used for ordering
 */
public record RecordedEvent(
        long position,
        StreamName stream,
        long version,
        String type,
        int schemaVersion,
        String payload,
        String metadata,
        Instant recordedAt) {}
