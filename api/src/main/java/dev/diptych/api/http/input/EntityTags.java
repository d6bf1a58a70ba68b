package dev.diptych.api.http.input;

import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemException;
import dev.diptych.api.http.problem.ProblemType;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Entity tags (RFC 9110, section 8.8.3). The tag of a stream version contains the history: version 3 is
 * {@code "3.a7f3c15b20e9"}. For rows of a view that was rebuilt, it also contains their generation, as in
 * {@code "3.a7f3c15b20e9.2"}. It is strong, because the response for a version does not change within a generation.
 */
public final class EntityTags {

    private EntityTags() {}

    /** The tag of content without a version; weak, because the response may be compressed. */
    public static String of(byte[] content) {
        return "W/" + strong(content);
    }

    /** The tag of content that is sent as it is. */
    public static String strong(byte[] content) {
        return "\"" + HexFormat.of().formatHex(Sha256.of(content), 0, 16) + "\"";
    }

    /** The tag of a version in a history, or in an edition of rows. */
    public static String of(long version, String edition) {
        return "\"" + version + "." + edition + "\"";
    }

    /** Sets the tag of a version. */
    public static void state(Context ctx, long version, String edition) {
        set(ctx, of(version, edition));
    }

    /** Sets a strong tag, and disables compression: it identifies one sequence of bytes. */
    public static void set(Context ctx, String strong) {
        ctx.header("ETag", strong).minSizeForCompression(Integer.MAX_VALUE);
    }

    /**
     * The preconditions of a request, in the headers {@code If-Match} and {@code If-None-Match} (RFC 9110, section 13).
     * Conditions on dates are ignored, as the RFC requires for a response without {@code Last-Modified}.
     *
     * @param match the entity tags in {@code If-Match} as they were sent, or a single {@code *}; empty without the
     *     header
     * @param noneMatch the entity tags in {@code If-None-Match} as they were sent, or a single {@code *}; empty without
     *     the header
     */
    public record Conditions(Optional<List<String>> match, Optional<List<String>> noneMatch) {

        private static final String ANY = "*";

        /** One tag of a list, with the commas before it. One pattern for the whole list could backtrack excessively. */
        private static final Pattern TAG =
                Pattern.compile("[ \\t,]*((?:W/)?\"[\\x21\\x23-\\x7E\\x80-\\x{FF}]*\")[ \\t]*(?=,|$)");

        private static final Pattern END = Pattern.compile("[ \\t,]*");

        /**
         * The preconditions of a request.
         *
         * @throws ProblemException 400 if a header is neither {@code *} nor a list of entity tags
         */
        public static Conditions of(Context ctx) {
            return new Conditions(tags(ctx, "If-Match"), tags(ctx, "If-None-Match"));
        }

        private static Optional<List<String>> tags(Context ctx, String header) {
            return Headers.list(ctx, header)
                    .map(value -> value.strip().equals(ANY) ? List.of(ANY) : tags(header, value));
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

        /** Whether a change of a resource is allowed that has this tag, or does not exist. */
        public boolean allowChange(Optional<String> tag) {
            boolean matches = match.isEmpty() || (tag.isPresent() && isStronglyIn(match.get(), tag.get()));
            boolean excluded = noneMatch.isPresent() && tag.isPresent() && isWeaklyIn(noneMatch.get(), tag.get());
            return matches && !excluded;
        }

        /**
         * Evaluates the preconditions after the handler has responded, in the order of RFC 9110, section 13.2.2. If
         * {@code If-None-Match} does not hold, the response becomes 304.
         *
         * @throws ProblemException 412 if {@code If-Match} does not hold
         */
        public void apply(Context ctx) throws IOException {
            String tag = Objects.requireNonNullElse(ctx.res().getHeader("ETag"), "");
            if (match.filter(tags -> !isStronglyIn(tags, tag)).isPresent()) {
                ctx.res().setHeader("ETag", null); // Javalin would compare it with If-None-Match, whatever the status
                throw Problem.of(
                                ProblemType.PRECONDITION_FAILED,
                                "If-Match does not match: the resource has "
                                        + (tag.isEmpty() ? "no ETag" : "the ETag " + tag)
                                        + ". Read it without If-Match.")
                        .asException();
            }
            if (noneMatch.filter(tags -> isWeaklyIn(tags, tag)).isPresent()) {
                ctx.status(304).result("");
                ctx.res().flushBuffer(); // otherwise Jetty adds Content-Length: 0
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
}
