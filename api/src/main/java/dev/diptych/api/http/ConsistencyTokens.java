package dev.diptych.api.http;

import dev.diptych.core.eventstore.Place;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Consistency tokens: what a command's answer hands the client, so that a later query can wait for it. A token names a
 * place in the order of events. To clients it is text that says nothing, so that they neither build nor compare tokens.
 */
public final class ConsistencyTokens {

    /** The header in which a command answers with a token, and a query states one. */
    public static final String HEADER = "Consistency-Token";

    /** The parameter in which a query may state one instead. */
    public static final String PARAMETER = "after";

    private static final int MAX_LENGTH = 128;

    private ConsistencyTokens() {}

    /** The token of a place. */
    public static String of(Place place) {
        return encode(Places.text(place));
    }

    /** The place that a client has sent; empty when it is no token as it was given out. */
    public static Optional<Place> read(String token) {
        return Places.in(decoded(token)).filter(place -> of(place).equals(token));
    }

    private static String encode(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.US_ASCII));
    }

    private static String decoded(String token) {
        try {
            return token.length() > MAX_LENGTH
                    ? ""
                    : new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
