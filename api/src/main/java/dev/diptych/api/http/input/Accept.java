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
import java.util.stream.Stream;
import org.eclipse.jetty.http.QuotedQualityCSV;
import org.eclipse.jetty.http.QuotedQualityCSV.QualityValue;

/**
 * Content negotiation by the header {@code Accept} (RFC 9110, section 12.5.1). A route responds with one media type,
 * usually JSON; some routes also offer an event stream. An event stream is sent only if {@code Accept} names its media
 * type with a higher weight than JSON; wildcards do not match it, because it has no end. A malformed weight
 * counts as 0. Problems are sent regardless of {@code Accept}, as the RFC allows.
 */
public final class Accept {

    /** The media type of an event stream. */
    public static final String EVENTS = "text/event-stream";

    private static final Form JSON = new Form("application/json");

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
     * @throws ProblemException 406 if it does not, 400 if the header cannot be parsed
     */
    public static void require(Context ctx) {
        var endpoint = Optional.ofNullable(ctx.endpoints().matchedHttpEndpoint());
        String form = endpoint.map(matched -> matched.metadata(Form.class))
                .orElse(JSON)
                .mediaType();
        boolean events = endpoint.map(matched -> matched.metadata(Offer.class)).isPresent();
        List<QualityValue> ranges = ranges(ctx);
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
        List<QualityValue> ranges = ranges(ctx);
        return highest(EVENTS, ranges).orElse(0) > weight(JSON.mediaType(), ranges);
    }

    private static List<QualityValue> ranges(Context ctx) {
        var ranges = new QuotedQualityCSV();
        try {
            Headers.list(ctx, "Accept").ifPresent(accept -> ranges.addValue(accept.toLowerCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw Headers.invalid("Accept", "must be a list of media types, but has a quoted string without an end");
        }
        return ranges.getQualityValues();
    }

    /** The weight of the most specific range that matches; 0 without one. Without ranges, everything is accepted. */
    private static double weight(String form, List<QualityValue> ranges) {
        String all = form.substring(0, form.indexOf('/')) + "/*";
        return ranges.isEmpty()
                ? 1
                : Stream.of(form, all, "*/*")
                        .flatMapToDouble(type -> highest(type, ranges).stream())
                        .findFirst()
                        .orElse(0);
    }

    /** Parameters other than the weight do not count. */
    private static OptionalDouble highest(String type, List<QualityValue> ranges) {
        return ranges.stream()
                .filter(range ->
                        range.getValue().equals(type) || range.getValue().startsWith(type + ";"))
                .mapToDouble(QualityValue::getWeight)
                .max();
    }
}
