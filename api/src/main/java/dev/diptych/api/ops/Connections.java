package dev.diptych.api.ops;

/**
 * How a pool of connections is used at this moment.
 *
 * @param active those that are lent out
 * @param idle those that lie ready
 * @param waiting threads that wait for one
 * @param most how many there may be
 */
public record Connections(int active, int idle, int waiting, int most) {}
