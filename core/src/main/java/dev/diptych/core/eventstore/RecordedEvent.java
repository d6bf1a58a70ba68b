package dev.diptych.core.eventstore;

import java.time.Instant;

/**
 * An event as the store holds it, for ever.
 *
 * @param position its place in the one total order of the store, from 1, increasing, not always dense
 * @param stream the stream that it belongs to
 * @param version its number in that stream, from 1 and dense
 * @param type its stable stored name
 * @param schemaVersion which shape of that event the payload has, from 1
 * @param payload the event as JSON text, exactly as appended
 * @param metadata what is known about the event, as JSON text, exactly as appended
 * @param recordedAt when the store recorded it, by the store's own clock; for people, not for ordering
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
