package dev.diptych.core.eventstore;

import java.time.Duration;
import java.util.Optional;

/**
 * An append whose transaction has not ended. It holds back the position up to which events are read.
 *
 * @param pid the process id of its session in the database
 * @param age the age of its transaction by the database's clock; empty when it cannot be seen
 */
public record OpenAppend(int pid, Optional<Duration> age) {}
