package dev.diptych.core.eventstore;

import java.util.Map;

/** Encodes domain events for storage and decodes stored events. Implementations are thread-safe. */
public interface EventCodec {

    /**
     * Encodes an event for storage.
     *
     * @param event an instance of a registered event type
     * @param metadata entries to store with the event; {@link #decode} ignores them
     * @throws IllegalArgumentException when the event's type is not registered
     */
    NewEvent encode(Object event, Map<String, String> metadata);

    /**
     * Decodes a stored event, and converts an old schema version to the current one.
     *
     * @throws UnreadableEventException when the stored name and schema version are not registered, or the payload does
     *     not match them; callers must not skip the event
     */
    Object decode(RecordedEvent event);
}
