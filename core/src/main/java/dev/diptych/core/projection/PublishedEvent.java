package dev.diptych.core.projection;

/**
 * An event as a projection receives it.
 *
 * @param <E> the type of the event
 * @param event the decoded event
 * @param version its number in its stream
 * @param position its position in the order of all events
 */
public record PublishedEvent<E>(E event, long version, long position) {}
