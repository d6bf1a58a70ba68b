package dev.diptych.api.http;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads the headers of a request. */
public final class Headers {

    private Headers() {}

    /**
     * A header that has one value.
     *
     * @return its value without white space around it; empty when the request does not have it
     * @throws ProblemException 400 when it is there more than once
     */
    public static Optional<String> one(Context ctx, String name) {
        List<String> values = all(ctx, name);
        if (values.size() > 1) {
            throw invalid(name, "must be there once, but is there " + values.size() + " times");
        }
        return values.stream().map(String::strip).findFirst();
    }

    /** A header whose value is a list, which may be spread over several lines (RFC 9110, section 5.3). */
    public static Optional<String> list(Context ctx, String name) {
        List<String> values = all(ctx, name);
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    /** Every value that a header has, as often as it is there. */
    static List<String> all(Context ctx, String name) {
        return Collections.list(ctx.req().getHeaders(name));
    }

    /** The problem that a header has a value that it cannot have. */
    public static ProblemException invalid(String name, String message) {
        return Problem.invalid(ProblemType.INVALID_HEADERS, List.of(new Fault(name, null, message)))
                .asException();
    }

    /** Splits at a separator that is not inside a quoted string; at least one part. */
    static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(begin, i));
                begin = i + 1;
            }
        }
        parts.add(text.substring(begin));
        return parts;
    }
}
