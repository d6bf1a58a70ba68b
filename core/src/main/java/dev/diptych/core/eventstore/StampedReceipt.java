package dev.diptych.core.eventstore;

/**
 * A stored command id with its fingerprint and the receipt of its append.
 *
 * @param stamp the command id and the fingerprint
 * @param receipt the receipt that the append returned; later appends do not change it
 */
public record StampedReceipt(CommandStamp stamp, Receipt receipt) {

    /** Whether {@code other} has the same command id and fingerprint. */
    public boolean hasSameContentAs(CommandStamp other) {
        return stamp.equals(other);
    }
}
