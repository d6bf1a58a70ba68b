package dev.diptych.api.operations;

/**
 * The current use of a pool of connections.
 *
 * @param active the number of connections in use
 * @param idle the number of idle connections
 * @param waiting the number of threads that wait for a connection
 * @param max the maximum number of connections
 */
public record Connections(int active, int idle, int waiting, int max) {}
