package dev.diptych.api.http.access;

import dev.diptych.api.http.access.Access.Caller;
import dev.diptych.api.http.input.Headers;
import dev.diptych.api.http.input.Sha256;
import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemException;
import dev.diptych.api.http.problem.ProblemType;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checks bearer tokens in the header {@code Authorization} (RFC 6750); a guarded side has one token, or several with
 * names. Keeps only the SHA-256 digests of the tokens, and compares them in constant time. Immutable and thread-safe.
 */
public final class BearerTokens {

    /** A token of 16 to 512 characters of a {@code b64token} (RFC 6750, section 2.1), and its name before it. */
    private static final Pattern FORM =
            Pattern.compile("(?:([A-Za-z0-9._-]{1,64})=)?((?=.{16,512}$)[A-Za-z0-9._~+/-]+=*)");

    private static final Pattern CREDENTIALS = Pattern.compile("[Bb][Ee][Aa][Rr][Ee][Rr] +([A-Za-z0-9._~+/-]+=*)");
    private static final Pattern SCHEME = Pattern.compile("[Bb][Ee][Aa][Rr][Ee][Rr]( .*)?");

    private final Map<Caller, byte[]> digests = new LinkedHashMap<>();

    BearerTokens(Map<Side, String> tokens) {
        tokens.forEach((side, text) ->
                parse(text).forEach((name, token) -> digests.put(new Caller(side, name), digest(token))));
    }

    /**
     * Reads the tokens of a side, which commas separate, as {@code TOKEN} or {@code NAME=TOKEN}. At most one has no
     * name.
     *
     * @return the tokens by their names
     * @throws IllegalArgumentException if the text has another form; the message does not repeat it
     */
    public static Map<Optional<String>, String> parse(String text) {
        Map<Optional<String>, String> tokens = new LinkedHashMap<>();
        for (String each : text.split(",", -1)) {
            Matcher form = FORM.matcher(each);
            if (!form.matches()) {
                throw new IllegalArgumentException(
                        "is not a token: it must be 16 to 512 characters, letters, digits and"
                                + " any of -._~+/ with = only at the end. To make one: openssl rand -base64 32. A"
                                + " name of 1 to 64 letters, digits and any of -._ may precede it, as in shop=TOKEN");
            }
            if (tokens.containsValue(form.group(2))) {
                throw new IllegalArgumentException("repeats a token: each name requires a different token");
            }
            if (tokens.put(Optional.ofNullable(form.group(1)), form.group(2)) != null) {
                throw new IllegalArgumentException(
                        "has several tokens with the same name or without a name: several tokens"
                                + " require different names, as in shop=TOKEN,office=TOKEN");
            }
        }
        return tokens;
    }

    /**
     * Requires a token of one of these sides.
     *
     * @return the side and the name of the token
     * @throws ProblemException 400 if the header is malformed, 401 if the token is missing or unknown, 403 if it is the
     *     token of another side
     */
    Caller require(Context ctx, Set<Side> sides) {
        List<Caller> callers = callers(token(ctx, sides));
        if (callers.isEmpty()) {
            throw unknown(ctx, sides, "The token is unknown.", "invalid_token");
        }
        return callers.stream()
                .filter(caller -> sides.contains(caller.side()))
                .findFirst()
                .orElseThrow(() -> ofAnotherSide(ctx, sides));
    }

    private static String token(Context ctx, Set<Side> sides) {
        List<String> credentials = Headers.all(ctx, "Authorization");
        if (credentials.isEmpty()) {
            throw unknown(ctx, sides, "The request has no credentials.", "");
        }
        String first = credentials.getFirst().strip();
        Matcher bearer = CREDENTIALS.matcher(first);
        if (credentials.size() > 1 || (SCHEME.matcher(first).matches() && !bearer.matches())) {
            challenge(ctx, sides, "invalid_request");
            throw Headers.invalid("Authorization", "must occur once, as Bearer and the token");
        }
        if (!bearer.matches()) {
            throw unknown(ctx, sides, "The server supports only the scheme Bearer.", "");
        }
        return bearer.group(1);
    }

    /** Compares with every digest, so that the duration does not reveal which one matches. */
    private List<Caller> callers(String token) {
        byte[] digest = digest(token);
        return digests.entrySet().stream()
                .filter(known -> MessageDigest.isEqual(known.getValue(), digest))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static ProblemException ofAnotherSide(Context ctx, Set<Side> sides) {
        challenge(ctx, sides, "insufficient_scope");
        return Problem.of(ProblemType.TOKEN_OF_ANOTHER_SIDE, "The token is valid, but not for " + inWords(sides) + ".")
                .asException();
    }

    private static ProblemException unknown(Context ctx, Set<Side> sides, String why, String error) {
        challenge(ctx, sides, error);
        return Problem.of(
                        ProblemType.TOKEN_REQUIRED,
                        why + " Send Authorization: Bearer with a token for " + inWords(sides) + ".")
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
