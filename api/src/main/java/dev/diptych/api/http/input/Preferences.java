package dev.diptych.api.http.input;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The preferences of a client, in the header {@code Prefer} (RFC 7240). If a name is repeated, the first preference
 * applies; unknown, malformed and unsupported preferences are ignored, as the RFC requires. Not thread-safe.
 */
public final class Preferences {

    private final Context ctx;
    private final Map<String, String> given = new LinkedHashMap<>();
    private final List<String> applied = new ArrayList<>();

    /** The preferences of a request. */
    public Preferences(Context ctx) {
        this.ctx = ctx;
        for (String preference : Headers.split(Headers.list(ctx, "Prefer").orElse(""), ',')) {
            String[] parts = Headers.split(preference, ';').getFirst().split("=", 2);
            given.putIfAbsent(
                    parts[0].strip().toLowerCase(Locale.ROOT), parts.length == 1 ? "" : unquoted(parts[1].strip()));
        }
    }

    /**
     * The maximum time that the client wants to wait, in the preference {@code wait}.
     *
     * @param most the upper limit of the returned wait
     * @return empty if the preference is absent, or not a whole number of seconds
     */
    public Optional<Duration> waiting(Duration most) {
        return Optional.ofNullable(given.get("wait"))
                .filter(seconds -> seconds.matches("\\d+"))
                .map(seconds -> seconds.length() > 9 ? most : Duration.ofSeconds(Long.parseLong(seconds)))
                .map(wait -> wait.compareTo(most) > 0 ? most : wait);
    }

    /** Whether the request has this preference, without a value. */
    public boolean has(String preference) {
        return "".equals(given.get(preference));
    }

    /** Adds a preference to the response header {@code Preference-Applied}. */
    public void applied(String preference) {
        applied.add(preference);
        ctx.header("Preference-Applied", String.join(", ", applied));
    }

    private static String unquoted(String value) {
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
