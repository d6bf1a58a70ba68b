package dev.diptych.api.http.input;

import dev.diptych.api.http.problem.Fault;
import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemException;
import dev.diptych.api.http.problem.ProblemType;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads the headers of a request. */
public final class Headers {

    private Headers() {}

    /**
     * The value of a header that may occur once.
     *
     * @return the value without surrounding white space; empty without the header
     * @throws ProblemException 400 if the header occurs more than once
     */
    public static Optional<String> one(Context ctx, String name) {
        List<String> values = all(ctx, name);
        if (values.size() > 1) {
            throw invalid(name, "must occur once, but occurs " + values.size() + " times");
        }
        return values.stream().map(String::strip).findFirst();
    }

    /** The value of a list header; several lines are joined (RFC 9110, section 5.3). Empty without the header. */
    public static Optional<String> list(Context ctx, String name) {
        List<String> values = all(ctx, name);
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    /** All values of a header, one for each line. */
    public static List<String> all(Context ctx, String name) {
        return Collections.list(ctx.req().getHeaders(name));
    }

    /** The problem of an invalid header. */
    public static ProblemException invalid(String name, String message) {
        return Problem.invalid(ProblemType.INVALID_HEADERS, List.of(new Fault(name, null, message)))
                .asException();
    }

    /** Splits at the separators outside quoted strings; returns at least one part. */
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
