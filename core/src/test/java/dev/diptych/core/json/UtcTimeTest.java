package dev.diptych.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Compares the fast parser of times with {@link Instant#parse}. */
class UtcTimeTest {

    private static final List<String> TEXTS = List.of(
            "2026-01-31T10:00:00Z",
            "2026-01-31T10:00:00.1Z",
            "2026-01-31T10:00:00.123456789Z",
            "2024-02-29T23:59:59.999999999Z",
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999Z",
            "1969-12-31T23:59:59.999999999Z",
            "2026-01-31T24:00:00Z",
            "2026-06-30T23:59:60Z",
            "2026-01-31T10:00Z",
            "2026-01-31T10:00:00+01:00",
            "2026-01-31t10:00:00z",
            "-0001-01-01T00:00:00Z",
            "+10000-01-01T00:00:00Z",
            "2026-02-30T10:00:00Z",
            "2026-13-01T10:00:00Z",
            "2026-00-10T10:00:00Z",
            "2026-01-31T10:60:00Z",
            "2026-01-31T25:00:00Z",
            "2026-01-31T10:00:61Z",
            "2026-01-31T10:00:00.Z",
            "2026-01-31T10:00:00,5Z",
            "2026-01-31T10:00:00.1234567890Z",
            "2026-01-31T10:00:0Z",
            "2026-01-31 10:00:00Z",
            "2026-01-31T10:00:00",
            "2026-01-31T10:00:00ZZ",
            "Z",
            "",
            "\u0662026-01-31T10:00:00Z",
            "202\u0666-01-31T10:00:00Z");

    @Test
    void a_time_is_parsed_or_refused_as_by_instant() {
        assertThat(TEXTS)
                .allSatisfy(text ->
                        assertThat(outcome(UtcTime::parse, text)).as(text).isEqualTo(outcome(Instant::parse, text)));
        assertThat(TEXTS.stream().filter(text -> outcome(UtcTime::parse, text) instanceof Instant))
                .hasSizeBetween(10, TEXTS.size() - 10);
    }

    @Test
    void every_instant_is_read_back_from_its_text() {
        var random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            int[] coarseness = {1, 1_000, 1_000_000, 1_000_000_000};
            int step = coarseness[i % coarseness.length];
            int nanos = random.nextInt(1_000_000_000);
            Instant time =
                    Instant.ofEpochSecond(random.nextLong(-70_000_000_000L, 260_000_000_000L), nanos - nanos % step);
            assertThat(UtcTime.parse(time.toString())).isEqualTo(time);
        }
    }

    private static Object outcome(Function<String, Instant> parse, String text) {
        try {
            return parse.apply(text);
        } catch (DateTimeException e) {
            return "refused";
        }
    }
}
