package dev.diptych.core.eventstore;

/**
 * What an append demands of its stream. Sealed rather than a number with magic values, so that "must be new" can
 * never be mistaken for "do not check".
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
     * The stream must be at exactly this version. It is met in one history only: in another one, the same number may
     * count other events.
     *
     * @param version the number of its last event, from 1
     * @param history the history in which that event was seen
     */
    record Exactly(long version, String history) implements ExpectedVersion {
        /** Refuses versions below 1: a stream that must not exist is {@link NoStream}. */
        public Exactly {
            if (version < 1) {
                throw new IllegalArgumentException("An exact version is at least 1, but was " + version);
            }
        }

        @Override
        public boolean accepts(long actual, String present) {
            return actual == version && present.equals(history);
        }

        @Override
        public String toString() {
            return "version " + version;
        }
    }

    /** The stream must exist, at whatever version. */
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

    /** Nothing is demanded. */
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
     * Whether a stream whose last event has the number {@code actual} (0: there is none) in a history meets the demand.
     */
    boolean accepts(long actual, String history);

    /** The demand "nothing has been appended since I loaded {@code version}"; 0 means that nothing was there. */
    static ExpectedVersion of(long version, String history) {
        return version == 0 ? new NoStream() : new Exactly(version, history);
    }

    /** The demand that the stream does not exist yet. */
    static ExpectedVersion noStream() {
        return new NoStream();
    }

    /** The demand that the stream is at {@code version}, at least 1, as it was seen in a history. */
    static ExpectedVersion exactly(long version, String history) {
        return new Exactly(version, history);
    }

    /** The demand that the stream exists. */
    static ExpectedVersion exists() {
        return new Exists();
    }

    /** No demand. */
    static ExpectedVersion any() {
        return new Any();
    }
}
