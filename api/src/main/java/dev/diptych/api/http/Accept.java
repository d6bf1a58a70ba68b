package dev.diptych.api.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;

/**
 * What a client takes, in the header {@code Accept} (RFC 9110, section 12.5.1). There is one form of every answer, JSON; so
 * all that is to be found out is whether it is taken. Elements that are malformed count for nothing. Problems are sent
 * whatever is taken, as the RFC allows: better an answer in another form than none.
 */
final class Accept {

    private static final String JSON = "application/json";

    private Accept() {}

    /**
     * Looks whether the client takes JSON, before anything is done.
     *
     * @throws ProblemException 406 when it does not
     */
    static void requireJson(Context ctx) {
        String accept = Headers.list(ctx, "Accept").orElse("").strip();
        if (!accept.isEmpty() && !takesJson(Headers.split(accept, ','))) {
            throw Problem.of(
                            ProblemType.NOT_ACCEPTABLE, "Answers are " + JSON + ", which the header Accept leaves out.")
                    .asException();
        }
    }

    /** The most specific range that matches decides. */
    private static boolean takesJson(List<String> ranges) {
        int decidedBy = 0;
        boolean takes = false;
        for (String range : ranges) {
            List<String> parts = Headers.split(range.strip().toLowerCase(Locale.ROOT), ';');
            int specific = switch (parts.getFirst().strip()) {
                case JSON -> 3;
                case "application/*" -> 2;
                case "*/*" -> 1;
                default -> 0;
            };
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
