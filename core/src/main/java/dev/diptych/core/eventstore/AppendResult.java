package dev.diptych.core.eventstore;

/** How an append ended. A lost race is a value, so that no caller can overlook it. */
public sealed interface AppendResult {

    /**
     * The events, and the command id where there was one, are stored.
     *
     * @param receipt where the stream stands now
     */
    record Appended(Receipt receipt) implements AppendResult {}

    /**
     * This command id was stored before, on this stream and with this content; nothing was stored now.
     *
     * @param first the receipt of that first time
     */
    record Repeated(Receipt first) implements AppendResult {}

    /**
     * The stream does not meet the expectation; nothing was stored.
     *
     * @param stream the stream
     * @param expected what was demanded
     * @param actual the number of the stream's last event, 0 when there is none
     * @param history the history in which that number counts
     */
    record Conflict(StreamName stream, ExpectedVersion expected, long actual, String history) implements AppendResult {
        /** The conflict in words. */
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
     * This command id was stored before with other content, or on another stream; nothing was stored.
     *
     * @param first what it was stored with
     */
    record CommandIdTaken(StampedReceipt first) implements AppendResult {}
}
