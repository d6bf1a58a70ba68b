package dev.diptych.api.http;

import io.javalin.http.Context;
import java.util.HexFormat;

/**
 * Versions of streams as entity tags (RFC 9110, section 8.8.3): version 3 is {@code "3.a7f3c15b20e9"}, with the history
 * in which it counts. It is a strong tag, since what is answered for a version does not change within a history; but by
 * a rebuild with a corrected projection, of which the tag knows nothing.
 */
public final class EntityTags {

    private EntityTags() {}

    /** The tag of something that has no version: changes whenever the bytes do, which may be compressed as it is weak. */
    public static String of(byte[] content) {
        return "W/\"" + HexFormat.of().formatHex(Sha256.of(content), 0, 16) + "\"";
    }

    /** The tag of a version in a history. */
    public static String of(long version, String history) {
        return "\"" + version + "." + history + "\"";
    }

    /** States the version of what is answered, which is not compressed: a strong tag is for one sequence of bytes. */
    public static void state(Context ctx, long version, String history) {
        ctx.header("ETag", of(version, history)).minSizeForCompression(Integer.MAX_VALUE);
    }
}
