package dev.diptych.api.http.access;

import dev.diptych.api.http.input.Headers;
import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemException;
import dev.diptych.api.http.problem.ProblemType;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Protects a server that listens without tokens on a loopback address against web pages of other sites. Rejects a
 * {@code Host} that is not a name of this machine (DNS rebinding), and a request other than GET or HEAD with the
 * {@code Origin} of another site (cross-site request forgery).
 */
final class LoopbackGuard {

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|[a-z0-9.-]+\\.localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

    private final String host;

    LoopbackGuard(String host) {
        this.host = host.toLowerCase(Locale.ROOT);
    }

    /**
     * Requires a host name of this machine and, unless the method is GET or HEAD, no foreign origin.
     *
     * @throws ProblemException 421 if the host is not a name of this machine, 403 if the origin is another site
     */
    void require(Context ctx) {
        String name = ctx.req().getServerName().toLowerCase(Locale.ROOT);
        if (!LOOPBACK.matcher(name).matches() && !name.equals(host)) {
            throw Problem.of(
                            ProblemType.FOREIGN_HOST,
                            "A server without tokens accepts only a Host that names its own machine, such as"
                                    + " localhost.")
                    .asException();
        }
        Optional<String> origin = Headers.one(ctx, "Origin");
        if (mayChangeSomething(ctx) && origin.isPresent() && !isOwn(ctx, origin.get())) {
            throw Problem.of(
                            ProblemType.FOREIGN_ORIGIN,
                            "A server without tokens rejects changes from a web page of another site.")
                    .asException();
        }
    }

    private static boolean mayChangeSomething(Context ctx) {
        return !ctx.method().equals(HandlerType.GET) && !ctx.method().equals(HandlerType.HEAD);
    }

    /** Compares host and port only; behind a proxy, the scheme is not known here. */
    private static boolean isOwn(Context ctx, String origin) {
        String authority = origin.replaceFirst("^https?://", "");
        return !authority.equals(origin) && authority.equalsIgnoreCase(ctx.host());
    }
}
