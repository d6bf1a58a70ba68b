package dev.diptych.core.contract;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The system clock with an offset that a test can change. */
public final class ShiftedClock implements InstantSource {

    private volatile Duration shift = Duration.ZERO;

    /** Moves the clock forward, or back by a negative time. */
    public synchronized void forward(Duration time) {
        shift = shift.plus(time);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(shift);
    }
}
