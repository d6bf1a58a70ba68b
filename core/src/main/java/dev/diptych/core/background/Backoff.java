package dev.diptych.core.background;

import java.time.Duration;

/**
 * Exponential backoff: the pause after each failure is twice the previous one, up to a maximum. Not thread-safe.
 */
public final class Backoff {

    private final Duration first;
    private final Duration longest;
    private Duration next;

    /** Creates a backoff whose pauses grow from {@code first} to {@code longest}. */
    public Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    /** Returns the pause before the next attempt, and doubles the one after it. */
    public Duration next() {
        Duration pause = next;
        Duration twice = next.multipliedBy(2);
        next = twice.compareTo(longest) < 0 ? twice : longest;
        return pause;
    }

    /** Restarts with the first pause, after a success. */
    public void reset() {
        next = first;
    }
}
