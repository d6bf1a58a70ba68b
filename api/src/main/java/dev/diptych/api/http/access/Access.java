package dev.diptych.api.http.access;

import dev.diptych.api.http.problem.ProblemException;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Access control by side. A side with a token requires that token; a side without a token is open to every client, or
 * only to clients on this machine. Immutable and thread-safe.
 */
public final class Access {

    private final BearerTokens tokens;
    private final Optional<OwnMachine> ownMachine;

    private Access(BearerTokens tokens, Optional<OwnMachine> ownMachine) {
        this.tokens = tokens;
        this.ownMachine = ownMachine;
    }

    /**
     * Opens the sides without a token to every client that can reach the server.
     *
     * @param tokens the token of each guarded side; each matches {@link BearerTokens#FORM}
     */
    public static Access forEverybody(Map<Side, String> tokens) {
        return new Access(new BearerTokens(tokens), Optional.empty());
    }

    /**
     * Opens the sides without a token to clients on this machine, and protects them against web pages of other sites.
     * The server must listen on a loopback address.
     *
     * @param tokens the token of each guarded side; each matches {@link BearerTokens#FORM}
     * @param host the name under which the server listens
     */
    public static Access forThisMachine(Map<Side, String> tokens, String host) {
        return new Access(new BearerTokens(tokens), Optional.of(new OwnMachine(host)));
    }

    /**
     * Requires that a request may use a side. Called before the body is read.
     *
     * @throws ProblemException 400, 401, 403 or 421 if it may not
     */
    public void require(Context ctx, Side side) {
        requireOne(ctx, Set.of(side));
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
        if (tokens.guards(sides)) {
            tokens.require(ctx, sides);
        } else {
            ownMachine.ifPresent(machine -> machine.require(ctx));
        }
    }
}
