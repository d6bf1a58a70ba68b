package dev.diptych.api.launch;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Parses the value of an option that is a duration: a number and its unit, as in {@code 14d}. */
final class DurationOption {

    private static final Pattern FORMAT = Pattern.compile("(\\d{1,6})([dhms])");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("d", ChronoUnit.DAYS, "h", ChronoUnit.HOURS, "m", ChronoUnit.MINUTES, "s", ChronoUnit.SECONDS);

    private DurationOption() {}

    /**
     * Returns the duration; empty if the option is not given.
     *
     * @throws ParameterException when the value is no duration
     */
    static Optional<Duration> parse(String option, String value, CommandLine line) {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Matcher parts = FORMAT.matcher(value);
        if (!parts.matches()) {
            throw new ParameterException(
                    line,
                    "The option " + option + " must be a number of at most 6 digits, and d, h, m or s, such as 14d; but"
                            + " is " + value);
        }
        ChronoUnit unit = Objects.requireNonNull(UNITS.get(parts.group(2)));
        return Optional.of(Duration.of(Long.parseLong(parts.group(1)), unit));
    }
}
