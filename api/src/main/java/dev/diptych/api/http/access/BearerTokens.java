package dev.diptych.api.http.access;

import dev.diptych.api.http.input.Headers;
import dev.diptych.api.http.input.Sha256;
import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemException;
import dev.diptych.api.http.problem.ProblemType;
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
 * Checks bearer tokens in the header {@code Authorization} (RFC 6750), one token for each guarded side. Keeps only the
 * SHA-256 digests of the tokens, and compares them in constant time. Immutable and thread-safe.
 */
public final class BearerTokens {

    /** The form of a token: 16 to 512 characters of a {@code b64token} (RFC 6750, section 2.1). */
    public static final Pattern FORM = Pattern.compile("(?=.{16,512}$)[A-Za-z0-9._~+/-]+=*");

    private static final Pattern CREDENTIALS = Pattern.compile("[Bb][Ee][Aa][Rr][Ee][Rr] +([A-Za-z0-9._~+/-]+=*)");
    private static final Pattern SCHEME = Pattern.compile("[Bb][Ee][Aa][Rr][Ee][Rr]( .*)?");

    private final Map<Side, byte[]> digests = new EnumMap<>(Side.class);

    BearerTokens(Map<Side, String> tokens) {
        tokens.forEach((side, token) -> digests.put(side, digest(token)));
    }

    /** Whether each of these sides has a token; if one has none, a request needs no token. */
    boolean guards(Set<Side> sides) {
        return digests.keySet().containsAll(sides);
    }

    /**
     * Requires a token of one of these sides.
     *
     * @throws ProblemException 400 if the header is malformed, 401 if the token is missing or unknown, 403 if it is the
     *     token of another side
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

    /** Compares with every digest, so that the duration does not reveal which one matches. */
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
