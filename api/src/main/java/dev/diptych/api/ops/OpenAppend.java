package dev.diptych.api.ops;

import java.time.Duration;
import java.util.Optional;

/**
 * An append that has not ended, and so holds up what readers may see.
 *
 * @param pid the process number of its session in the database
 * @param age how long it has been open; empty where that cannot be seen
 */
public record OpenAppend(int pid, Optional<Duration> age) {}
