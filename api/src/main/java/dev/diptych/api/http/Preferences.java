package dev.diptych.api.http;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a client would like, in the header {@code Prefer} (RFC 7240). Of two preferences with one name the first counts; what
 * is unknown, malformed or cannot be done is passed over, as the RFC wants it. Used by one thread.
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
     * How long the client would like to wait.
     *
     * @param most the longest wait that is granted, whatever is preferred
     * @return empty when it does not say, or not in whole seconds
     */
    public Optional<Duration> waiting(Duration most) {
        return Optional.ofNullable(given.get("wait"))
                .filter(seconds -> seconds.matches("\\d+"))
                .map(seconds -> seconds.length() > 9 ? most : Duration.ofSeconds(Long.parseLong(seconds)))
                .map(wait -> wait.compareTo(most) > 0 ? most : wait);
    }

    /** Whether the client has stated a preference that has no value. */
    public boolean has(String preference) {
        return "".equals(given.get(preference));
    }

    /** Tells the client that a preference was followed. */
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
