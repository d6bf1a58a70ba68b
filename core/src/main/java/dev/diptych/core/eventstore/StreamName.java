package dev.diptych.core.eventstore;

/**
 * The name of a stream, usually {@code category-id}, such as {@code order-10100}.
 *
 * @param value 1 to 255 characters of well-formed Unicode without U+0000
 */
public record StreamName(String value) {

    /** The maximum length of a name, in code points: short enough for an index key in any database. */
    public static final int MAX_LENGTH = 255;

    /**
     * Validates the name.
     *
     * @throws IllegalArgumentException when it is empty or too long, or contains U+0000 or an unpaired surrogate
     */
    public StreamName {
        Text.requireStorable("A stream name", value, MAX_LENGTH);
    }

    /**
     * Returns the name of an aggregate's stream.
     *
     * @param category the kind of the aggregate; without a hyphen, so that the name can be split again
     * @param id the aggregate's id; may contain hyphens
     * @throws IllegalArgumentException when the category contains a hyphen, or the name is invalid
     */
    public static StreamName of(String category, String id) {
        if (category.indexOf('-') >= 0) {
            throw new IllegalArgumentException("A category must not contain a hyphen, but is " + category);
        }
        return new StreamName(category + "-" + id);
    }

    /** The part before the first hyphen; the whole name when there is none. */
    public String category() {
        return value.split("-", 2)[0];
    }

    /** The part after the first hyphen; empty when there is none. */
    public String id() {
        return value.substring(Math.min(value.length(), category().length() + 1));
    }

    /** Returns {@link #value}. */
    @Override
    public String toString() {
        return value;
    }
}
