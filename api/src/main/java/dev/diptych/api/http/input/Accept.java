package dev.diptych.api.http.input;

import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemException;
import dev.diptych.api.http.problem.ProblemType;
import io.javalin.http.Context;
import io.javalin.router.EndpointMetadata;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Content negotiation by the header {@code Accept} (RFC 9110, section 12.5.1). A route responds with one media type,
 * usually JSON; some routes also offer an event stream. An event stream is sent only if {@code Accept} names its media
 * type with a higher weight than JSON; wildcards do not match it, because it has no end. Malformed elements are
 * ignored. Problems are sent regardless of {@code Accept}, as the RFC allows.
 */
public final class Accept {

    /** The media type of an event stream. */
    public static final String EVENTS = "text/event-stream";

    private static final Form JSON = new Form("application/json");
    private static final int ALL = 1_000;

    private Accept() {}

    /** The media type of a route that does not respond with JSON. */
    public record Form(String mediaType) implements EndpointMetadata {}

    /** A media type that a route offers in addition to JSON. */
    public enum Offer implements EndpointMetadata {
        /** An event stream. */
        EVENTS
    }

    /**
     * Requires that the client accepts a media type that the route offers.
     *
     * @throws ProblemException 406 if it does not
     */
    public static void require(Context ctx) {
        var endpoint = Optional.ofNullable(ctx.endpoints().matchedHttpEndpoint());
        String form = endpoint.map(matched -> matched.metadata(Form.class))
                .orElse(JSON)
                .mediaType();
        boolean events = endpoint.map(matched -> matched.metadata(Offer.class)).isPresent();
        List<String> ranges = ranges(ctx);
        if (weight(form, ranges) == 0 && !(events && events(ranges) > 0)) {
            String offered = events ? form + " or " + EVENTS : form;
            throw Problem.of(
                            ProblemType.NOT_ACCEPTABLE,
                            "Answers are " + offered + ", which the header Accept leaves out.")
                    .asException();
        }
    }

    /** Whether the client gives an event stream a higher weight than JSON. */
    public static boolean prefersEvents(Context ctx) {
        List<String> ranges = ranges(ctx);
        return events(ranges) > weight(JSON.mediaType(), ranges);
    }

    private static List<String> ranges(Context ctx) {
        String accept = Headers.list(ctx, "Accept").orElse("").strip();
        return accept.isEmpty() ? List.of() : Headers.split(accept.toLowerCase(Locale.ROOT), ',');
    }

    private static int events(List<String> ranges) {
        return ranges.stream()
                .map(range -> Headers.split(range.strip(), ';'))
                .filter(parts -> parts.getFirst().strip().equals(EVENTS) && hasWeight(parts))
                .mapToInt(Accept::weight)
                .max()
                .orElse(0);
    }

    /** The weight of the most specific range that matches, in thousandths; without any range, the maximum. */
    private static int weight(String form, List<String> ranges) {
        String all = form.substring(0, form.indexOf('/')) + "/*";
        int decidedBy = 0;
        int weight = ranges.isEmpty() ? ALL : 0;
        for (String each : ranges) {
            List<String> parts = Headers.split(each.strip(), ';');
            String range = parts.getFirst().strip();
            int specific = range.equals(form) ? 3 : range.equals(all) ? 2 : range.equals("*/*") ? 1 : 0;
            if (specific > 0 && specific >= decidedBy && hasWeight(parts)) {
                int wanted = weight(parts);
                weight = specific == decidedBy ? Math.max(weight, wanted) : wanted;
                decidedBy = specific;
            }
        }
        return weight;
    }

    private static boolean hasWeight(List<String> parts) {
        return parts.stream()
                .map(String::strip)
                .filter(part -> part.startsWith("q="))
                .allMatch(part -> part.matches("q=(0(\\.\\d{0,3})?|1(\\.0{0,3})?)"));
    }

    /** The weight of one range, in thousandths. */
    private static int weight(List<String> parts) {
        return parts.stream()
                .map(String::strip)
                .filter(part -> part.startsWith("q="))
                .mapToInt(part ->
                        new BigDecimal(part.substring(2)).movePointRight(3).intValue())
                .min()
                .orElse(ALL);
    }
}
