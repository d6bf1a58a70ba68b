package dev.diptych.core.eventstore;

import java.util.Map;

/** Turns the domain's events into what a store keeps, and back. Implementations are safe for use by many threads. */
public interface EventCodec {

    /**
     * The event as it is to be stored.
     *
     * @param event one of the registered event types
     * @param metadata what is known about the event; not read when it is decoded
     * @throws IllegalArgumentException when the event's type is not registered
     */
    NewEvent encode(Object event, Map<String, String> metadata);

    /**
     * The domain's event, in today's shape whatever version was stored.
     *
     * @throws UnreadableEventException when the stored name or version is not registered, or the payload does not have
     *     the shape that they promise; it is never skipped
     */
    Object decode(RecordedEvent event);
}
