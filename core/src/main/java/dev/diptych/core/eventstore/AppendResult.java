package dev.diptych.core.eventstore;

/** The outcome of an append. A conflict is a value, not an exception, so that the compiler makes callers handle it. */
public sealed interface AppendResult {

    /**
     * The events and the command id, if any, are stored.
     *
     * @param receipt the stream's last event after the append
     */
    record Appended(Receipt receipt) implements AppendResult {}

    /**
     * The command id was stored before, on this stream and with the same fingerprint; nothing was stored now.
     *
     * @param first the receipt of the first append
     */
    record Repeated(Receipt first) implements AppendResult {}

    /**
     * The stream is not at the expected version; nothing was stored.
     *
     * @param stream the stream
     * @param expected the expected version
     * @param actual the stream's version; 0 when the stream does not exist
     * @param history the history to which {@code actual} belongs
     */
    record Conflict(StreamName stream, ExpectedVersion expected, long actual, String history) implements AppendResult {
        /** Describes the conflict: the expected and the actual version. */
        public String message() {
            return "Stream " + stream + " was expected at " + expected + ", but "
                    + (actual == 0 ? "does not exist" : "is at version " + actual)
                    + (expected instanceof ExpectedVersion.Exactly seen
                                    && !seen.history().equals(history)
                            ? " of another history"
                            : "");
        }
    }

    /**
     * The command id was stored before with another fingerprint, or on another stream; nothing was stored now.
     *
     * @param first the fingerprint and receipt of the first append
     */
    record CommandIdTaken(StampedReceipt first) implements AppendResult {}

    /**
     * The version and position of a stream after an append.
     *
     * @param stream the stream
     * @param version the version of its last event; 0 when it has none
     * @param position the position of its last event; 0 when it has none. Once a projection has reached it, the read
     *     model reflects the append.
     * @param history the history to which version and position belong
     */
    record Receipt(StreamName stream, long version, long position, String history) {}

    /**
     * A stored command id with its fingerprint and the receipt of its append.
     *
     * @param stamp the command id and the fingerprint
     * @param receipt the receipt that the append returned; later appends do not change it
     */
    record StampedReceipt(CommandStamp stamp, Receipt receipt) {

        /** Whether {@code other} has the same command id and fingerprint. */
        public boolean hasSameContentAs(CommandStamp other) {
            return stamp.equals(other);
        }
    }
}
