package dev.diptych.api.http;

import dev.diptych.core.eventstore.Place;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Places in the order of events as text: the position first, so that people can read it, as in {@code 17.a7f3c15b20e9}.
 */
public final class Places {

    private static final Pattern PLACE = Pattern.compile("(0|[1-9]\\d{0,17})\\.([A-Za-z0-9-]{1,64})");

    private Places() {}

    /** A place as text. */
    public static String text(Place place) {
        return place.position() + "." + place.history();
    }

    /** The place that a text names, if it names one. */
    public static Optional<Place> in(String text) {
        Matcher place = PLACE.matcher(text);
        return place.matches()
                ? Optional.of(new Place(place.group(2), Long.parseLong(place.group(1))))
                : Optional.empty();
    }
}
