package dev.diptych.api.http.input;

import dev.diptych.core.eventstore.Place;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text forms of a {@link Place}: the id of an event in a stream, {@code 17.a7f3c15b20e9}, or, after a rebuild,
 * {@code 17.a7f3c15b20e9.2}, and the consistency token. The response to a command contains a token, and a query that
 * states it waits until its view has reached the place. A token is opaque, so that clients neither build nor compare
 * tokens.
 */
public final class Places {

    /** The header with a token, in the response to a command and in the request of a query. */
    public static final String TOKEN_HEADER = "Consistency-Token";

    /** The query parameter with a token, as an alternative to the header. */
    public static final String TOKEN_PARAMETER = "after";

    private static final String LAST_EVENT_HEADER = "Last-Event-ID";
    private static final String LAST_EVENT_PARAMETER = "last_event_id";
    private static final int MAX_TOKEN_LENGTH = 128;

    private static final Pattern PLACE =
            Pattern.compile("(0|[1-9]\\d{0,17})\\.([A-Za-z0-9-]{1,64}(?:\\.(?:[2-9]|[1-9]\\d{1,8}))?)");

    private Places() {}

    /** Formats a place as an id: position, dot, history. */
    public static String text(Place place) {
        return place.position() + "." + place.history();
    }

    /** Parses an id; empty if the text does not have the form. */
    public static Optional<Place> in(String text) {
        Matcher place = PLACE.matcher(text);
        return place.matches()
                ? Optional.of(new Place(place.group(2), Long.parseLong(place.group(1))))
                : Optional.empty();
    }

    /** Returns the place in the header, which a client sends when it reconnects to a stream, or else the parameter. */
    public static Optional<Place> lastEventId(Context ctx, Parameters parameters) {
        Optional<Place> parameter = parameters.eventId(LAST_EVENT_PARAMETER);
        return Headers.one(ctx, LAST_EVENT_HEADER)
                .map(text -> in(text).orElseThrow(() -> Headers.invalid(LAST_EVENT_HEADER, Parameters.EVENT_ID)))
                .or(() -> parameter);
    }

    /** Encodes a place as a token. */
    public static String token(Place place) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text(place).getBytes(StandardCharsets.US_ASCII));
    }

    /** Decodes a token; empty if {@link #token} does not produce such a token. */
    public static Optional<Place> inToken(String token) {
        try {
            return Optional.of(token)
                    .filter(text -> text.length() <= MAX_TOKEN_LENGTH)
                    .flatMap(text -> in(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII)))
                    .filter(place -> token(place).equals(token));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
