package dev.diptych.api.http;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Is told of each request that was answered. Implementations are safe for use by many threads. */
@FunctionalInterface
public interface Requests {

    /** The methods that are told by their name. */
    Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

    /**
     * A request was answered.
     *
     * @param method of HTTP, or {@code other}
     * @param route the path with the names of its parts in braces, or {@code none}
     */
    void answered(String method, String route, int status, Duration took);

    /** Tells of a request, unless it was answered by a stream, which takes as long as the client likes. */
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
