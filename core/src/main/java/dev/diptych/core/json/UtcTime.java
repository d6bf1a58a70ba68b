package dev.diptych.core.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * A faster {@link Instant#parse}. Parsing times takes a third of the time to decode an event. Nearly all are in the
 * format of {@link Instant#toString}, which this class parses in one pass; it passes all others to
 * {@link Instant#parse}.
 */
final class UtcTime {

    /** The pattern of a time without a fraction; 0 stands for any digit. */
    private static final String SECONDS = "0000-00-00T00:00:00";

    private UtcTime() {}

    /**
     * Parses a time.
     *
     * @throws DateTimeException when the text is not a time
     */
    static Instant parse(String text) {
        int end = text.length() - 1;
        return isPlain(text, end) ? plain(text, end) : Instant.parse(text);
    }

    /** Whether the text has the form {@code 2026-01-31T10:00:00.123456Z}, with up to nine fractional digits. */
    private static boolean isPlain(String text, int end) {
        int seconds = SECONDS.length();
        if (end < seconds || end > seconds + 10 || end == seconds + 1 || text.charAt(end) != 'Z') {
            return false;
        }
        for (int i = 0; i < end; i++) {
            char expected = i < seconds ? SECONDS.charAt(i) : i == seconds ? '.' : '0';
            char found = text.charAt(i);
            if (expected == '0' ? found < '0' || found > '9' : found != expected) {
                return false;
            }
        }
        return number(text, 11, 13) < 24 && number(text, 17, 19) < 60; // hour 24 and leap seconds are special
    }

    private static Instant plain(String text, int end) {
        int nanos = 0;
        for (int i = SECONDS.length() + 1; i <= SECONDS.length() + 9; i++) {
            nanos = nanos * 10 + (i < end ? text.charAt(i) - '0' : 0);
        }
        return LocalDateTime.of(
                        number(text, 0, 4),
                        number(text, 5, 7),
                        number(text, 8, 10),
                        number(text, 11, 13),
                        number(text, 14, 16),
                        number(text, 17, 19),
                        nanos)
                .toInstant(ZoneOffset.UTC);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + (text.charAt(i) - '0');
        }
        return number;
    }
}
