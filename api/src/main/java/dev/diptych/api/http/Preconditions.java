package dev.diptych.api.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The conditions of a read, in the headers {@code If-Match} and {@code If-None-Match} (RFC 9110, section 13). Conditions
 * on dates are ignored, as the RFC demands where an answer has no {@code Last-Modified}.
 *
 * @param match entity tags as the client wrote them, or {@code *} alone; empty without the header
 * @param noneMatch the same of the other header
 */
record Preconditions(Optional<List<String>> match, Optional<List<String>> noneMatch) {

    private static final String ANY = "*";

    /** One tag of a list, with the commas before it; the list is walked, as no single pattern is safe for a long one. */
    private static final Pattern TAG =
            Pattern.compile("[ \\t,]*((?:W/)?\"[\\x21\\x23-\\x7E\\x80-\\x{FF}]*\")[ \\t]*(?=,|$)");

    private static final Pattern END = Pattern.compile("[ \\t,]*");

    /**
     * The conditions of a request.
     *
     * @throws ProblemException 400 when a header is neither {@code *} nor a list of tags
     */
    static Preconditions of(Context ctx) {
        return new Preconditions(tags(ctx, "If-Match"), tags(ctx, "If-None-Match"));
    }

    private static Optional<List<String>> tags(Context ctx, String header) {
        return Headers.list(ctx, header).map(value -> value.strip().equals(ANY) ? List.of(ANY) : tags(header, value));
    }

    private static List<String> tags(String header, String value) {
        List<String> tags = new ArrayList<>();
        Matcher tag = TAG.matcher(value);
        int end = 0;
        do {
            if (!tag.region(end, value.length()).lookingAt()) {
                throw Headers.invalid(header, "must be * or a list of entity tags, such as \"1\", \"2\"");
            }
            tags.add(tag.group(1));
            end = tag.end();
        } while (!END.matcher(value).region(end, value.length()).matches());
        return tags;
    }

    /**
     * Evaluates the conditions on an answer that has been made, in the order of RFC 9110, section 13.2.2. The answer
     * stays as it is, or becomes 304.
     *
     * @throws ProblemException 412 when {@code If-Match} does not hold
     */
    void apply(Context ctx) throws IOException {
        String tag = Objects.requireNonNullElse(ctx.res().getHeader("ETag"), "");
        if (match.filter(tags -> !isStronglyIn(tags, tag)).isPresent()) {
            ctx.res().setHeader("ETag", null); // which Javalin compares with If-None-Match, whatever the status
            throw Problem.of(
                            ProblemType.PRECONDITION_FAILED,
                            "If-Match does not hold: there is " + (tag.isEmpty() ? "no ETag" : "the ETag " + tag)
                                    + ". Read it without If-Match.")
                    .asException();
        }
        if (noneMatch.filter(tags -> isWeaklyIn(tags, tag)).isPresent()) {
            ctx.status(304).result("");
            ctx.res().flushBuffer(); // or Jetty would add Content-Length: 0
        }
    }

    private static boolean isStronglyIn(List<String> tags, String tag) {
        return tags.contains(ANY) || (tags.contains(tag) && !tag.startsWith("W/"));
    }

    private static boolean isWeaklyIn(List<String> tags, String tag) {
        return tags.contains(ANY) || tags.contains(strong(tag)) || tags.contains("W/" + strong(tag));
    }

    private static String strong(String tag) {
        return tag.replaceFirst("^W/", "");
    }
}
