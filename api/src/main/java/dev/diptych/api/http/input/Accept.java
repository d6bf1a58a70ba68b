package dev.diptych.api.http.input;

import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemException;
import dev.diptych.api.http.problem.ProblemType;
import io.javalin.http.Context;
import io.javalin.router.EndpointMetadata;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
    private static final Pattern WEIGHT = Pattern.compile("q=(0(\\.\\d{0,3})?|1(\\.0{0,3})?)");

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
        List<Range> ranges = ranges(ctx);
        if (weight(form, ranges) == 0 && !(events && highest(EVENTS, ranges).orElse(0) > 0)) {
            String offered = events ? form + " or " + EVENTS : form;
            throw Problem.of(
                            ProblemType.NOT_ACCEPTABLE,
                            "The response is " + offered + ", which the header Accept excludes.")
                    .asException();
        }
    }

    /** Whether the client gives an event stream a higher weight than JSON. */
    public static boolean prefersEvents(Context ctx) {
        List<Range> ranges = ranges(ctx);
        return highest(EVENTS, ranges).orElse(0) > weight(JSON.mediaType(), ranges);
    }

    /** Without the header, everything is accepted. */
    private static List<Range> ranges(Context ctx) {
        String accept =
                Headers.list(ctx, "Accept").filter(value -> !value.isBlank()).orElse("*/*");
        return Headers.split(accept.toLowerCase(Locale.ROOT), ',').stream()
                .flatMap(element -> Range.of(element).stream())
                .toList();
    }

    /** The weight of the most specific range that matches; 0 without one. */
    private static double weight(String form, List<Range> ranges) {
        String all = form.substring(0, form.indexOf('/')) + "/*";
        return Stream.of(form, all, "*/*")
                .flatMapToDouble(type -> highest(type, ranges).stream())
                .findFirst()
                .orElse(0);
    }

    private static OptionalDouble highest(String type, List<Range> ranges) {
        return ranges.stream()
                .filter(range -> range.type.equals(type))
                .mapToDouble(Range::weight)
                .max();
    }

    /** An element of the header; parameters other than the weight do not count. */
    private record Range(String type, double weight) {

        /** Reads an element; empty if its weight is malformed. */
        static Optional<Range> of(String element) {
            List<String> parts =
                    Headers.split(element, ';').stream().map(String::strip).toList();
            List<String> weights =
                    parts.stream().filter(part -> part.startsWith("q=")).toList();
            return weights.stream().allMatch(WEIGHT.asMatchPredicate())
                    ? Optional.of(new Range(parts.getFirst(), lowest(weights)))
                    : Optional.empty();
        }

        private static double lowest(List<String> weights) {
            return weights.stream()
                    .mapToDouble(weight -> Double.parseDouble(weight.substring(2)))
                    .min()
                    .orElse(1);
        }
    }
}
