package dev.diptych.api.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keeps the web pages of others away from a server that is open to everybody on its machine, where browsers run too. A page
 * whose name was made to lead to this machine still asks for its own name, in {@code Host}; and a page that sends a form here
 * says in {@code Origin} where it is from.
 */
final class OwnMachine {

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|[a-z0-9.-]+\\.localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

    private final String host;

    OwnMachine(String host) {
        this.host = host.toLowerCase(Locale.ROOT);
    }

    /**
     * Looks whether a request was meant for this machine, and, where it may change something, comes from no other page.
     *
     * @throws ProblemException 421 or 403 when not
     */
    void require(Context ctx) {
        String name = ctx.req().getServerName().toLowerCase(Locale.ROOT);
        if (!LOOPBACK.matcher(name).matches() && !name.equals(host)) {
            throw Problem.of(
                            ProblemType.FOREIGN_HOST,
                            "Without a token, only requests to this machine by one of its own names are answered, such as"
                                    + " localhost.")
                    .asException();
        }
        Optional<String> origin = Headers.one(ctx, "Origin");
        if (mayChangeSomething(ctx) && origin.isPresent() && !isOwn(ctx, origin.get())) {
            throw Problem.of(
                            ProblemType.FOREIGN_ORIGIN,
                            "Without a token, the page of another site may change nothing here.")
                    .asException();
        }
    }

    private static boolean mayChangeSomething(Context ctx) {
        return !ctx.method().equals(HandlerType.GET) && !ctx.method().equals(HandlerType.HEAD);
    }

    /** The same host and port; whether it was https on the way is for a proxy to know. */
    private static boolean isOwn(Context ctx, String origin) {
        String authority = origin.replaceFirst("^https?://", "");
        return !authority.equals(origin) && authority.equalsIgnoreCase(ctx.host());
    }
}
