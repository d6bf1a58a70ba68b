package dev.diptych.api.http;

import io.javalin.http.Context;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Versions of streams as entity tags (RFC 9110, section 8.8.3): version 3 is {@code "3.a7f3c15b20e9"}, with the history
 * in which it counts. It is a strong tag, since what is answered for a version does not change within a history; but by
 * a rebuild with a corrected projection, of which the tag knows nothing.
 */
public final class EntityTags {

    /** One tag of a list, with the commas before it; the list is walked, as no single pattern is safe for a long one. */
    private static final Pattern TAG =
            Pattern.compile("[ \\t,]*(?:W/)?(\"[\\x21\\x23-\\x7E\\x80-\\x{FF}]*\")[ \\t]*(?=,|$)");

    private static final Pattern END = Pattern.compile("[ \\t,]*");

    private EntityTags() {}

    /** The tag of something that has no version: it changes whenever the bytes do. */
    public static String of(byte[] content) {
        return "\"" + HexFormat.of().formatHex(Sha256.of(content), 0, 16) + "\"";
    }

    /** The tag of a version in a history. */
    public static String of(long version, String history) {
        return "\"" + version + "." + history + "\"";
    }

    /**
     * States the version of what is answered.
     *
     * @return whether the client has this version already, by its {@code If-None-Match} (RFC 9110, section 13.1.2), and
     *     has been answered with 304
     * @throws ProblemException 400 when {@code If-None-Match} is neither {@code *} nor a list of tags
     */
    public static boolean notModified(Context ctx, long version, String history) {
        return notModified(ctx, of(version, history));
    }

    /** The same for a tag that is no version. */
    public static boolean notModified(Context ctx, String tag) {
        boolean same = Headers.list(ctx, "If-None-Match")
                .filter(tags -> has(tags, tag))
                .isPresent();
        ctx.header("ETag", tag);
        if (same) {
            ctx.status(304);
        }
        return same;
    }

    /**
     * Looks at the form of {@code If-None-Match}, before anything is asked for.
     *
     * @throws ProblemException 400 when it is neither {@code *} nor a list of tags
     */
    public static void check(Context ctx) {
        Headers.list(ctx, "If-None-Match").ifPresent(tags -> has(tags, ""));
    }

    /** Weak comparison: a tag counts whether or not it says that it is weak. */
    private static boolean has(String tags, String wanted) {
        if (tags.strip().equals("*")) {
            return true;
        }
        boolean found = false;
        Matcher tag = TAG.matcher(tags);
        int end = 0;
        do {
            if (!tag.region(end, tags.length()).lookingAt()) {
                throw Headers.invalid("If-None-Match", "must be * or a list of entity tags, such as \"1\", \"2\"");
            }
            found |= tag.group(1).equals(wanted);
            end = tag.end();
        } while (!END.matcher(tags).region(end, tags.length()).matches());
        return found;
    }
}
