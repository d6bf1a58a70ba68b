package dev.diptych.core.eventstore;

/**
 * The version and position of a stream after an append.
 *
 * @param stream the stream
 * @param version the version of its last event; 0 when it has none
 * @param position the position of its last event; 0 when it has none. Once a projection has reached it, the read model
 *     reflects the append.
 * @param history the history to which version and position belong
 */
public record Receipt(StreamName stream, long version, long position, String history) {}
