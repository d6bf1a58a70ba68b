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

    /**
     * The stream of the aggregate {@code id} of the kind {@code category}.
     *
     * @param category has no hyphen, so that the parts can be told apart again; the id may have some
     * @throws IllegalArgumentException when the category has a hyphen, or the name cannot be stored
     */
    public static StreamName of(String category, String id) {
        if (category.indexOf('-') >= 0) {
            throw new IllegalArgumentException("A category has no hyphen, but this one is " + category);
        }
        return new StreamName(category + "-" + id);
    }

    /** What stands before the first hyphen; the whole name when there is none. */
    public String category() {
        return value.split("-", 2)[0];
    }

    /** What stands after the first hyphen; empty when there is none. */
    public String id() {
        return value.substring(Math.min(value.length(), category().length() + 1));
    }

    /** The bare name, as stored. */
    @Override
    public String toString() {
        return value;
    }
}
