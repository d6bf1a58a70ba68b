package dev.diptych.api.http;

import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says who may use which side: whoever has its token; or, for a side without a token, everybody, or everybody on this machine.
 * Immutable, and so safe for use by many threads.
 */
public final class Access {

    private final BearerTokens tokens;
    private final Optional<OwnMachine> ownMachine;

    private Access(BearerTokens tokens, Optional<OwnMachine> ownMachine) {
        this.tokens = tokens;
        this.ownMachine = ownMachine;
    }

    /**
     * Sides without a token are for whoever can reach the server.
     *
     * @param tokens by the side that they are for, each of the form of {@link BearerTokens#FORM}
     */
    public static Access forEverybody(Map<Side, String> tokens) {
        return new Access(new BearerTokens(tokens), Optional.empty());
    }

    /**
     * Sides without a token are for those on this machine, and not for the web pages of others in their browsers.
     *
     * @param tokens by the side that they are for, each of the form of {@link BearerTokens#FORM}
     * @param host the name under which the server listens
     */
    public static Access forThisMachine(Map<Side, String> tokens, String host) {
        return new Access(new BearerTokens(tokens), Optional.of(new OwnMachine(host)));
    }

    /**
     * Looks whether a request may go on to a side, before anything of it is done and before its body is read.
     *
     * @throws ProblemException 400, 401, 403 or 421 when it may not
     */
    void require(Context ctx, Side side) {
        requireOne(ctx, Set.of(side));
    }

    /** The same for one of several sides; for none, or for one that is open, nothing is asked. */
    void requireOne(Context ctx, Set<Side> sides) {
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
