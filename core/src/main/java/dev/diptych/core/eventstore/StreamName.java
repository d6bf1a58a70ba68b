package dev.diptych.core.eventstore;

/**
 * The name of one stream, usually {@code category-id}, such as {@code order-10100}.
 *
 * @param value 1 to 255 characters of well-formed Unicode without U+0000
 */
public record StreamName(String value) {

    /** The longest name, in UTF-16 characters: short enough to be an index key in any database. */
    public static final int MAX_LENGTH = 255;

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException when it is empty, too long, or holds what UTF-8 cannot carry
     */
    public StreamName {
        Text.requireStorable("A stream name", value, MAX_LENGTH);
    }

    /** The stream of the aggregate {@code id} of the kind {@code category}. */
    public static StreamName of(String category, String id) {
        return new StreamName(category + "-" + id);
    }

    /** The bare name, as stored. */
    @Override
    public String toString() {
        return value;
    }
}
