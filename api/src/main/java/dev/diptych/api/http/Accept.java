package dev.diptych.api.http;

import io.javalin.http.Context;
import io.javalin.router.EndpointMetadata;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client takes, in the header {@code Accept} (RFC 9110, section 12.5.1). Every route answers in one form, mostly
 * JSON; some offer a stream of events too. A stream never ends, so it is for those who name it, not for those who take
 * anything; and only for those who do not take JSON as gladly. Elements that are malformed count for nothing. Problems are
 * sent whatever is taken, as the RFC allows: better an answer in another form than none.
 */
final class Accept {

    /** The form of a stream of events. */
    static final String EVENTS = "text/event-stream";

    private static final Form JSON = new Form("application/json");
    private static final int ALL = 1_000;

    private Accept() {}

    /** What a route answers in, if it is not JSON. */
    record Form(String mediaType) implements EndpointMetadata {}

    /** What a route offers besides. */
    enum Offer implements EndpointMetadata {
        /** A stream of events. */
        EVENTS
    }

    /**
     * Looks whether the client takes what the route offers, before anything is done.
     *
     * @throws ProblemException 406 when it does not
     */
    static void require(Context ctx) {
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

    /** Whether the client would rather have a stream of events than JSON. */
    static boolean prefersEvents(Context ctx) {
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

    /** The most specific range that matches decides; without any range, everything is taken. */
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

    /** In thousandths. */
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
