package dev.diptych.api.http.input;

import dev.diptych.core.eventstore.Place;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text form of a {@link Place}: position, dot, history, as in {@code 17.a7f3c15b20e9}. */
public final class Places {

    private static final Pattern PLACE = Pattern.compile("(0|[1-9]\\d{0,17})\\.([A-Za-z0-9-]{1,64})");

    private Places() {}

    /** Formats a place. */
    public static String text(Place place) {
        return place.position() + "." + place.history();
    }

    /** Parses a place; empty if the text does not have the form. */
    public static Optional<Place> in(String text) {
        Matcher place = PLACE.matcher(text);
        return place.matches()
                ? Optional.of(new Place(place.group(2), Long.parseLong(place.group(1))))
                : Optional.empty();
    }
}
