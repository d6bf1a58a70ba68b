package dev.diptych.api.http;

import io.javalin.http.Context;
import io.javalin.router.EndpointMetadata;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client takes, in the header {@code Accept} (RFC 9110, section 12.5.1). There is one form of every answer, mostly
 * JSON; so all that is to be found out is whether it is taken. Elements that are malformed count for nothing. Problems are sent
 * whatever is taken, as the RFC allows: better an answer in another form than none.
 */
final class Accept {

    private static final Form JSON = new Form("application/json");

    private Accept() {}

    /** What a route answers in, if it is not JSON. */
    record Form(String mediaType) implements EndpointMetadata {}

    /**
     * Looks whether the client takes the form of the answer, before anything is done.
     *
     * @throws ProblemException 406 when it does not
     */
    static void require(Context ctx) {
        String form = Optional.ofNullable(ctx.endpoints().matchedHttpEndpoint())
                .map(endpoint -> endpoint.metadata(Form.class))
                .orElse(JSON)
                .mediaType();
        String accept = Headers.list(ctx, "Accept").orElse("").strip();
        if (!accept.isEmpty() && !takes(form, Headers.split(accept, ','))) {
            throw Problem.of(
                            ProblemType.NOT_ACCEPTABLE, "Answers are " + form + ", which the header Accept leaves out.")
                    .asException();
        }
    }

    /** The most specific range that matches decides. */
    private static boolean takes(String form, List<String> ranges) {
        String all = form.substring(0, form.indexOf('/')) + "/*";
        int decidedBy = 0;
        boolean takes = false;
        for (String each : ranges) {
            List<String> parts = Headers.split(each.strip().toLowerCase(Locale.ROOT), ';');
            String range = parts.getFirst().strip();
            int specific = range.equals(form) ? 3 : range.equals(all) ? 2 : range.equals("*/*") ? 1 : 0;
            if (specific > 0 && specific >= decidedBy && hasWeight(parts)) {
                boolean wanted = isWanted(parts);
                takes = specific == decidedBy ? takes || wanted : wanted;
                decidedBy = specific;
            }
        }
        return takes;
    }

    private static boolean hasWeight(List<String> parts) {
        return parts.stream()
                .map(String::strip)
                .filter(part -> part.startsWith("q="))
                .allMatch(part -> part.matches("q=(0(\\.\\d{0,3})?|1(\\.0{0,3})?)"));
    }

    private static boolean isWanted(List<String> parts) {
        return parts.stream().map(String::strip).noneMatch(part -> part.matches("q=0(\\.0{0,3})?"));
    }
}
