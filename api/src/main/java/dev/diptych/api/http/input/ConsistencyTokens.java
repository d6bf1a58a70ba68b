package dev.diptych.api.http.input;

import dev.diptych.core.eventstore.Place;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Consistency tokens: the response to a command contains a token, and a query that states it waits until its view has
 * reached it. A token encodes a place in the order of events. It is opaque, so that clients neither build nor compare
 * tokens.
 */
public final class ConsistencyTokens {

    /** The header with a token, in the response to a command and in the request of a query. */
    public static final String HEADER = "Consistency-Token";

    /** The query parameter with a token, as an alternative to the header. */
    public static final String PARAMETER = "after";

    private static final int MAX_LENGTH = 128;

    private ConsistencyTokens() {}

    /** Encodes a place as a token. */
    public static String of(Place place) {
        return encode(Places.text(place));
    }

    /** Decodes a token; empty if {@link #of} does not produce such a token. */
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
