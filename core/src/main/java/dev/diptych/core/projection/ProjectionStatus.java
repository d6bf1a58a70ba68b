package dev.diptych.core.projection;

import java.time.Instant;
import java.util.Optional;

/**
 * How a projection is doing.
 *
 * @param name the projection's name
 * @param state what its runner does
 * @param checkpoint the position up to which every event has been applied
 * @param head the position of the last event
 * @param failure what it stumbles over, while it does
 */
public record ProjectionStatus(String name, State state, long checkpoint, long head, Optional<Failure> failure) {

    /** How many positions lie between the read model and the last event; less than 0 when events have been lost. */
    public long lag() {
        return head - checkpoint;
    }

    /** What a runner does. */
    public enum State {
        /** It applies events as they come. */
        RUNNING,
        /** Another node applies them; this one is ready to take over. */
        STANDBY,
        /** It was told to pause. */
        PAUSED,
        /** It cannot go on, and tries again now and then. */
        FAILED,
        /** It has not been started, or has been closed. */
        STOPPED
    }

    /**
     * Why a projection does not get on.
     *
     * @param position the position of the event that it cannot apply, 0 when the trouble is not one event's
     * @param event what kind of event that is, empty when the trouble is not one event's
     * @param error what went wrong
     * @param attempts how often it has been tried, in a row
     * @param since when it went wrong first
     */
    public record Failure(long position, String event, String error, int attempts, Instant since) {
        Failure again(String latest) {
            return new Failure(position, event, latest, attempts + 1, since);
        }
    }
}
