package dev.diptych.core.eventstore;

import java.nio.charset.StandardCharsets;

/** What any text must be to survive any store: no U+0000 and no half of a surrogate pair, which UTF-8 cannot carry. */
final class Text {

    private Text() {}

    static String requireStorable(String what, String text, int maxLength) {
        if (text.isEmpty() || text.length() > maxLength) {
            throw new IllegalArgumentException(
                    what + " must have 1 to " + maxLength + " characters, but has " + text.length());
        }
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(what + " must not contain U+0000");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException(what + " must be well-formed Unicode, but has an unpaired surrogate");
        }
        return text;
    }
}
