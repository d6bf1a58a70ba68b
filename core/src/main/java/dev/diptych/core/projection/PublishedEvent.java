package dev.diptych.core.projection;

/**
 * An event as a projection sees it.
 *
 * @param <E> the type of the event
 * @param event the event itself, decoded
 * @param version its number in its stream
 * @param position its place in the order of all events
 */
public record PublishedEvent<E>(E event, long version, long position) {}
