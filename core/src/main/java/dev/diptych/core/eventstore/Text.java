package dev.diptych.core.eventstore;

import java.util.regex.Pattern;

/** Validation of texts that every store must be able to keep, and of ids. */
public final class Text {

    /**
     * The format of ids: 1 to 64 ASCII letters, digits, dots, underscores and hyphens, beginning with a letter or
     * digit.
     */
    public static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** A character that may be seen: no separator, control or format character, by its Unicode category. */
    private static final Pattern VISIBLE = Pattern.compile("[^\\p{Z}\\p{Cc}\\p{Cf}]");

    private Text() {}

    /**
     * Whether every store can keep the text: it contains no U+0000 and no unpaired surrogate, which UTF-8 cannot
     * encode.
     */
    public static boolean isStorable(String text) {
        int character;
        for (int i = 0; i < text.length(); i += Character.charCount(character)) {
            character = text.codePointAt(i); // a surrogate only when it is unpaired
            if (character == 0 || (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a text is not blank, has at most {@code maxLength} characters, and {@link #isStorable}. A text is blank
     * without a character that may be seen; no-break spaces and zero-width characters do not count as such.
     */
    public static boolean isText(String text, int maxLength) {
        return VISIBLE.matcher(text).find() && length(text) <= maxLength && isStorable(text);
    }

    /** The number of characters as every limit counts them: Unicode code points, as PostgreSQL and JSON Schema do. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /**
     * Validates an id.
     *
     * @param what the id's name in the error message, such as {@code order id}
     * @throws IllegalArgumentException when it does not match {@link #ID}
     */
    public static void requireId(String what, String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("The " + what + " must match " + ID + ", but is \"" + id + "\"");
        }
    }

    /**
     * Validates a text as {@link #isText} does.
     *
     * @param what the text's name in the error message, such as {@code reason}
     * @throws IllegalArgumentException when it is blank, too long, or not {@link #isStorable storable}
     */
    public static void requireText(String what, String text, int maxLength) {
        if (!isText(text, maxLength)) {
            throw new IllegalArgumentException("The " + what + " must have 1 to " + maxLength
                    + " characters, not all of them blank, without U+0000 or half of a surrogate pair");
        }
    }

    static void requireStorable(String what, String text, int maxLength) {
        int length = length(text);
        if (length == 0 || length > maxLength) {
            throw new IllegalArgumentException(
                    what + " must have 1 to " + maxLength + " characters, but has " + length);
        }
        if (!isStorable(text)) {
            throw new IllegalArgumentException(what + " must not contain U+0000 or half of a surrogate pair");
        }
    }
}
