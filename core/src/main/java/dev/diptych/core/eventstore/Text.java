package dev.diptych.core.eventstore;

/** What any text must be to survive any store: no U+0000 and no half of a surrogate pair, which UTF-8 cannot carry. */
public final class Text {

    private Text() {}

    /** Whether any store can keep the text as it is. */
    public static boolean isStorable(String text) {
        int character;
        for (int i = 0; i < text.length(); i += Character.charCount(character)) {
            character = text.codePointAt(i); // a surrogate only when it is half of a pair
            if (character == 0 || (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE)) {
                return false;
            }
        }
        return true;
    }

    static String requireStorable(String what, String text, int maxLength) {
        if (text.isEmpty() || text.length() > maxLength) {
            throw new IllegalArgumentException(
                    what + " must have 1 to " + maxLength + " characters, but has " + text.length());
        }
        if (!isStorable(text)) {
            throw new IllegalArgumentException(what + " must not contain U+0000 or half of a surrogate pair");
        }
        return text;
    }
}
