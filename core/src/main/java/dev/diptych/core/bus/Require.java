package dev.diptych.core.bus;

import dev.diptych.core.eventstore.Text;
import java.util.regex.Pattern;

/**
 * What a command checks of its own data, so that a malformed one cannot be built by anybody. The edge checks the same,
 * but collects all faults and says where they are; so one that shows here is a programmer's mistake.
 */
public final class Require {

    /** The form of every id: 1 to 64 letters, digits, dots, underscores and hyphens, the first a letter or digit. */
    public static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private Require() {}

    /**
     * Checks an id.
     *
     * @throws IllegalArgumentException when it does not have the form of {@link #ID}
     */
    public static void id(String what, String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("The " + what + " must match " + ID + ", but is \"" + id + "\"");
        }
    }

    /**
     * Checks a text.
     *
     * @throws IllegalArgumentException when it is blank, longer than {@code maxLength}, or holds what no store can keep
     */
    public static void text(String what, String text, int maxLength) {
        if (!isText(text, maxLength)) {
            throw new IllegalArgumentException("The " + what + " must have 1 to " + maxLength
                    + " characters, not all of them blank, without U+0000 or half of a surrogate pair");
        }
    }

    /** Whether a text is not blank, not longer than {@code maxLength}, and can be kept by any store. */
    public static boolean isText(String text, int maxLength) {
        return !text.isBlank() && text.length() <= maxLength && Text.isStorable(text);
    }

    /**
     * Checks a number or an amount.
     *
     * @param <T> its type
     * @throws IllegalArgumentException when it is below {@code least} or above {@code most}
     */
    public static <T extends Comparable<T>> void range(String what, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "The " + what + " must be from " + least + " to " + most + ", but is " + value);
        }
    }
}
