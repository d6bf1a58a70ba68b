package dev.diptych.api.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Consistency tokens: what a command's answer hands the client, so that a later query can wait for it. A token names a
 * position and the store in which it means something. To clients it is text that says nothing, so that they neither build
 * nor compare tokens. Immutable, and so safe for use by many threads.
 */
public final class ConsistencyTokens {

    /** The header in which a command answers with a token, and a query states one. */
    public static final String HEADER = "Consistency-Token";

    /** The parameter in which a query may state one instead. */
    public static final String PARAMETER = "after";

    private static final Pattern PLACE = Pattern.compile("([A-Za-z0-9-]{1,64})\\.(0|[1-9]\\d{0,17})");
    private static final int MAX_LENGTH = 128;

    private final String storeId;

    /** Tokens of one store. */
    public ConsistencyTokens(String storeId) {
        this.storeId = storeId;
    }

    /** The token of a position. */
    public String of(long position) {
        return encode(storeId + "." + position);
    }

    /**
     * What a token says.
     *
     * @param position to be waited for; 0 when there is a fault
     * @param fault why it is no token of this store, if it is none
     */
    public record Reading(long position, Optional<String> fault) {}

    /** Reads what a client has sent. */
    public Reading read(String token) {
        Matcher place = PLACE.matcher(decoded(token));
        if (!place.matches() || !encode(place.group()).equals(token)) {
            return new Reading(0, Optional.of("must be a " + HEADER + " as it was given out"));
        }
        if (!place.group(1).equals(storeId)) {
            return new Reading(0, Optional.of("is a token of another store"));
        }
        return new Reading(Long.parseLong(place.group(2)), Optional.empty());
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
