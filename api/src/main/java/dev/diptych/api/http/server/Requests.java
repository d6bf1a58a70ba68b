package dev.diptych.api.http.server;

import dev.diptych.api.http.input.Accept;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** A listener for completed requests. Implementations are thread-safe. */
@FunctionalInterface
public interface Requests {

    /** The methods that are reported by name. */
    Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

    /**
     * Called after a request was answered.
     *
     * @param method the HTTP method, or {@code other} if it is not in {@link #METHODS}
     * @param route the path with parameter names in braces, or {@code none} without a route
     */
    void answered(String method, String route, int status, Duration took);

    /** Reports a request, except one for an event stream, whose duration the client determines. */
    default void answered(Context ctx, float millis) {
        String type = Optional.ofNullable(ctx.res().getContentType()).orElse("");
        if (!type.startsWith(Accept.EVENTS)) {
            String method = ctx.method().name();
            String route = Optional.ofNullable(ctx.endpoints().matchedHttpEndpoint())
                    .map(matched -> matched.path)
                    .orElse("none");
            answered(METHODS.contains(method) ? method : "other", route, ctx.statusCode(), Duration.ofNanos((long)
                    (millis * 1_000_000)));
        }
    }
}
