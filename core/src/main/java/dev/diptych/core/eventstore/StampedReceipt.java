package dev.diptych.core.eventstore;

/**
 * A command id that the store has seen, with what was sent under it and what it was answered.
 *
 * @param stamp the id, and the fingerprint of what was sent
 * @param receipt what the append was answered then, whatever has happened to the stream since
 */
public record StampedReceipt(CommandStamp stamp, Receipt receipt) {

    /** Whether {@code other} is the same id with the same content. */
    public boolean hasSameContentAs(CommandStamp other) {
        return stamp.equals(other);
    }
}
