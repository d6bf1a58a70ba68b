package dev.diptych.api.http;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tokens in the header {@code Authorization} (RFC 6750), one for each side that is guarded. Of a token, its digest is kept;
 * digests are compared in a time that says nothing about where they differ. Immutable, and so safe for use by many threads.
 */
public final class BearerTokens {

    /** What a token looks like: what can stand in the header, and too long to be guessed. */
    public static final Pattern FORM = Pattern.compile("(?=.{16,512}$)[A-Za-z0-9._~+/-]+=*");

    private static final Pattern CREDENTIALS = Pattern.compile("[Bb][Ee][Aa][Rr][Ee][Rr] +([A-Za-z0-9._~+/-]+=*)");
    private static final Pattern SCHEME = Pattern.compile("[Bb][Ee][Aa][Rr][Ee][Rr]( .*)?");

    private final Map<Side, byte[]> digests = new EnumMap<>(Side.class);

    BearerTokens(Map<Side, String> tokens) {
        tokens.forEach((side, token) -> digests.put(side, digest(token)));
    }

    /** Whether each of these sides has a token; if one has none, nobody needs one. */
    boolean guards(Set<Side> sides) {
        return digests.keySet().containsAll(sides);
    }

    /**
     * Looks for a token of one of these sides.
     *
     * @throws ProblemException 400 when the header is malformed, 401 without a token that is known, 403 when it is the token of
     *     other sides
     */
    void require(Context ctx, Set<Side> sides) {
        Set<Side> opened = opened(token(ctx, sides));
        if (opened.isEmpty()) {
            throw unknown(ctx, sides, "The token is not known here.", "invalid_token");
        }
        if (Collections.disjoint(opened, sides)) {
            challenge(ctx, sides, "insufficient_scope");
            throw Problem.of(
                            ProblemType.TOKEN_OF_ANOTHER_SIDE,
                            "The token is known, but is not for " + inWords(sides) + ".")
                    .asException();
        }
    }

    private static String token(Context ctx, Set<Side> sides) {
        List<String> credentials = Headers.all(ctx, "Authorization");
        if (credentials.isEmpty()) {
            throw unknown(ctx, sides, "Nothing says who asks.", "");
        }
        String first = credentials.getFirst().strip();
        Matcher bearer = CREDENTIALS.matcher(first);
        if (credentials.size() > 1 || (SCHEME.matcher(first).matches() && !bearer.matches())) {
            challenge(ctx, sides, "invalid_request");
            throw Headers.invalid("Authorization", "must be there once, as Bearer and the token");
        }
        if (!bearer.matches()) {
            throw unknown(ctx, sides, "The server knows no other scheme than Bearer.", "");
        }
        return bearer.group(1);
    }

    /** Goes through all of them, so that the time does not say which one it is. */
    private Set<Side> opened(String token) {
        byte[] digest = digest(token);
        Set<Side> opened = EnumSet.noneOf(Side.class);
        digests.forEach((side, known) -> {
            if (MessageDigest.isEqual(known, digest)) {
                opened.add(side);
            }
        });
        return opened;
    }

    private static ProblemException unknown(Context ctx, Set<Side> sides, String why, String error) {
        challenge(ctx, sides, error);
        return Problem.of(
                        ProblemType.TOKEN_REQUIRED,
                        why + " Send Authorization: Bearer, with a token for " + inWords(sides) + ".")
                .asException();
    }

    private static void challenge(Context ctx, Set<Side> sides, String error) {
        String scope = sides.size() == 1 ? ", scope=\"" + sides.iterator().next() + "\"" : "";
        ctx.header(
                "WWW-Authenticate",
                "Bearer realm=\"diptych\"" + scope + (error.isEmpty() ? "" : ", error=\"" + error + "\""));
    }

    private static String inWords(Set<Side> sides) {
        return sides.stream().sorted().map(side -> "the side " + side).collect(Collectors.joining(" or "));
    }

    private static byte[] digest(String token) {
        return Sha256.of(token.getBytes(StandardCharsets.UTF_8));
    }
}
