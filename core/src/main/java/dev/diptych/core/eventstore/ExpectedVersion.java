package dev.diptych.core.eventstore;

/**
 * The version that an append expects of its stream. A sealed type instead of a number with magic values, so that "must
 * not exist" cannot be mistaken for "do not check".
 */
public sealed interface ExpectedVersion {

    /** The stream must not exist yet. */
    record NoStream() implements ExpectedVersion {
        @Override
        public boolean accepts(long actual, String history) {
            return actual == 0;
        }

        @Override
        public String toString() {
            return "no stream";
        }
    }

    /**
     * The stream must be at exactly this version of this history. In another history, the same version may be another
     * event.
     *
     * @param version the version of the stream's last event, at least 1
     * @param history the history in which that event was read
     */
    record Exactly(long version, String history) implements ExpectedVersion {
        /**
         * Validates the version.
         *
         * @throws IllegalArgumentException when it is less than 1; for a stream that must not exist, use
         *     {@link NoStream}
         */
        public Exactly {
            if (version < 1) {
                throw new IllegalArgumentException("An exact version must be at least 1, but is " + version);
            }
        }

        @Override
        public boolean accepts(long actual, String current) {
            return actual == version && current.equals(history);
        }

        @Override
        public String toString() {
            return "version " + version;
        }
    }

    /** The stream must exist, at any version. */
    record Exists() implements ExpectedVersion {
        @Override
        public boolean accepts(long actual, String history) {
            return actual > 0;
        }

        @Override
        public String toString() {
            return "any version that exists";
        }
    }

    /** The stream may be at any version, or not exist. */
    record Any() implements ExpectedVersion {
        @Override
        public boolean accepts(long actual, String history) {
            return true;
        }

        @Override
        public String toString() {
            return "any version";
        }
    }

    /**
     * Whether a stream meets this expectation.
     *
     * @param actual the stream's version; 0 when it does not exist
     * @param history the history to which {@code actual} belongs
     */
    boolean accepts(long actual, String history);

    /** Expects that nothing was appended since {@code version} was read; 0 when the stream did not exist. */
    static ExpectedVersion of(long version, String history) {
        return version == 0 ? new NoStream() : new Exactly(version, history);
    }

    /** Expects that the stream does not exist. */
    static ExpectedVersion noStream() {
        return new NoStream();
    }

    /** Expects that the stream is at {@code version}, at least 1, of a history. */
    static ExpectedVersion exactly(long version, String history) {
        return new Exactly(version, history);
    }

    /** Expects that the stream exists. */
    static ExpectedVersion exists() {
        return new Exists();
    }

    /** Expects nothing. */
    static ExpectedVersion any() {
        return new Any();
    }
}
