package dev.diptych.api.http.access;

import dev.diptych.api.http.problem.ProblemException;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Access control by side. A side with tokens requires one of them; a side without a token is open to every client, or
 * only to clients on this machine. Immutable and thread-safe.
 */
public final class Access {

    private static final String CALLER = "caller";

    private final BearerTokens tokens;
    private final Set<Side> guarded;
    private final Optional<LoopbackGuard> loopbackGuard;

    /**
     * A client that has sent a token.
     *
     * @param side the side that the token is for
     * @param token the name of the token, if it has one
     */
    public record Caller(Side side, Optional<String> token) {}

    private Access(Map<Side, String> tokens, Optional<LoopbackGuard> loopbackGuard) {
        this.tokens = new BearerTokens(tokens);
        this.guarded = Set.copyOf(tokens.keySet());
        this.loopbackGuard = loopbackGuard;
    }

    /**
     * Opens the sides without a token to every client that can reach the server.
     *
     * @param tokens the tokens of each guarded side, as {@link BearerTokens#parse} reads them
     */
    public static Access forAllClients(Map<Side, String> tokens) {
        return new Access(tokens, Optional.empty());
    }

    /**
     * Opens the sides without a token to clients on this machine, and protects them against web pages of other sites.
     * The server must listen on a loopback address.
     *
     * @param tokens the tokens of each guarded side, as {@link BearerTokens#parse} reads them
     * @param host the name under which the server listens
     */
    public static Access forThisMachine(Map<Side, String> tokens, String host) {
        return new Access(tokens, Optional.of(new LoopbackGuard(host)));
    }

    /**
     * Requires that a request may use a side. Called before the body is read.
     *
     * @throws ProblemException 400, 401, 403 or 421 if it may not
     */
    public void require(Context ctx, Side side) {
        requireOne(ctx, Set.of(side));
    }

    /** The client that sent a request to a side with a token; empty for an open side. */
    public static Optional<Caller> caller(Context ctx) {
        return Optional.ofNullable(ctx.attribute(CALLER));
    }

    /**
     * Requires that a request may use one of several sides; allows every request if there are none, or if one is open.
     *
     * @throws ProblemException 400, 401, 403 or 421 if it may not
     */
    public void requireOne(Context ctx, Set<Side> sides) {
        if (sides.isEmpty() || sides.contains(Side.OPEN)) {
            return;
        }
        if (guarded.containsAll(sides)) {
            ctx.attribute(CALLER, tokens.require(ctx, sides));
        } else {
            loopbackGuard.ifPresent(guard -> guard.require(ctx));
        }
    }
}
