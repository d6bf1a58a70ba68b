package dev.diptych.api.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;

/** The body of a request: bounded, JSON, and an object. */
public final class Body {

    /** The longest body, in bytes. */
    public static final int MAX_BYTES = 256 * 1024;

    private static final Pattern JSON = Pattern.compile("application/json\\s*(;\\s*charset=\"?utf-8\"?\\s*)?");

    private Body() {}

    /**
     * The fields of a body that must be there.
     *
     * @throws ProblemException 400, 413, 415 or 422, when there is no such body
     */
    public static Fields required(Context ctx) {
        byte[] bytes = bytes(ctx);
        requireJson(ctx);
        return new Fields(Json.read(bytes));
    }

    /**
     * The fields of a body that may be left out.
     *
     * @throws ProblemException 400, 413, 415 or 422, when there is a body, but not such a one
     */
    public static Fields optional(Context ctx) {
        byte[] bytes = bytes(ctx);
        if (bytes.length == 0) {
            return new Fields(JsonNodeFactory.instance.objectNode());
        }
        requireJson(ctx);
        return new Fields(Json.read(bytes));
    }

    private static void requireJson(Context ctx) {
        String type = ctx.contentType();
        if (type == null || !JSON.matcher(type.toLowerCase(Locale.ROOT)).matches()) {
            throw Problem.of(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "The Content-Type must be application/json in UTF-8, but is "
                                    + (type == null ? "missing." : type + "."))
                    .asException();
        }
    }

    /** Reads at most one byte more than is allowed, whatever the headers say about the length. */
    private static byte[] bytes(Context ctx) {
        try {
            byte[] bytes = ctx.bodyInputStream().readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw Problem.of(ProblemType.BODY_TOO_LARGE, "A body has at most " + MAX_BYTES + " bytes.")
                        .asException();
            }
            return bytes;
        } catch (IOException e) {
            throw Problem.of(
                            ProblemType.MALFORMED_REQUEST,
                            "The body could not be read to its end; send it again, whole.")
                    .asException();
        }
    }
}
