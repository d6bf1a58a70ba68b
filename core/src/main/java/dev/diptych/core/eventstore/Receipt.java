package dev.diptych.core.eventstore;

/**
 * Where a stream stood when an append was done: as little as a sender needs to go on.
 *
 * @param stream the stream
 * @param version the number of its last event, 0 when it has none
 * @param position the position of its last event, 0 when it has none: wait for a projection to reach it, and the
 *     append is in the read model
 * @param history the history in which version and position count
 */
public record Receipt(StreamName stream, long version, long position, String history) {}
