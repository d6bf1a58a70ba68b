package dev.diptych.api.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** The body of a request: bounded, JSON, and an object. */
public final class Body {

    /** The longest body, in bytes. */
    public static final int MAX_BYTES = 256 * 1024;

    /** The longest time that a body may take; looked at after each part, for which a connection may be silent as ever. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final Set<String> JSON_PARAMETERS = Set.of("", "charset=utf-8", "charset=\"utf-8\"");

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
        if (type == null || !isJson(type.toLowerCase(Locale.ROOT))) {
            throw Problem.of(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "The Content-Type must be application/json in UTF-8, but is "
                                    + (type == null ? "missing." : type + "."))
                    .asException();
        }
    }

    /** A parameter may be empty (RFC 9110, section 5.6.6), or name the charset that JSON has anyway. */
    private static boolean isJson(String type) {
        List<String> parts =
                Headers.split(type, ';').stream().map(String::strip).toList();
        return parts.getFirst().equals("application/json")
                && JSON_PARAMETERS.containsAll(parts.subList(1, parts.size()));
    }

    /**
     * Refuses a body that would have to be decoded: a few compressed bytes may become any number of bytes. Jetty itself
     * accepts every list of transfer codings that ends in {@code chunked}.
     */
    private static void requireUncoded(Context ctx) {
        String transfer = Headers.list(ctx, "Transfer-Encoding").orElse("chunked");
        if (!transfer.equalsIgnoreCase("chunked")) {
            throw Problem.of(
                            ProblemType.MALFORMED_REQUEST,
                            "The Transfer-Encoding must be chunked or left out, but is " + transfer + ".")
                    .asException();
        }
        String content = Headers.list(ctx, "Content-Encoding").orElse("identity");
        if (!content.equalsIgnoreCase("identity")) {
            ctx.header("Accept-Encoding", "identity"); // RFC 9110, section 15.5.16
            throw Problem.of(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "The Content-Encoding must be left out, but is " + content + ".")
                    .asException();
        }
    }

    /** A connection that is idle for too long ends the reading by itself; this ends that of one that never quite is. */
    private static byte[] readInTime(InputStream in) throws IOException {
        long begin = System.nanoTime();
        var bytes = new ByteArrayOutputStream();
        byte[] part = new byte[8 * 1024];
        int length = 0;
        while (length >= 0 && bytes.size() <= MAX_BYTES) {
            bytes.write(part, 0, length);
            if (System.nanoTime() - begin > LONGEST.toNanos()) {
                throw new InterruptedIOException("The body takes longer than " + LONGEST);
            }
            length = bytes.size() > MAX_BYTES ? -1 : in.read(part);
        }
        return bytes.toByteArray();
    }

    private static ProblemException tooSlow(Context ctx) {
        ctx.header("Connection", "close");
        return Problem.of(
                        ProblemType.REQUEST_TIMEOUT,
                        "The body did not come to its end in time, and nothing was done. Send it again.")
                .asException();
    }

    /** Reads at most some bytes more than are allowed, whatever the headers say about the length. */
    private static byte[] bytes(Context ctx) {
        requireUncoded(ctx);
        try {
            byte[] bytes = readInTime(ctx.bodyInputStream());
            if (bytes.length > MAX_BYTES) {
                throw Problem.of(ProblemType.BODY_TOO_LARGE, "A body has at most " + MAX_BYTES + " bytes.")
                        .asException();
            }
            return bytes;
        } catch (IOException e) {
            if (e.getCause() instanceof TimeoutException || e instanceof InterruptedIOException) {
                throw tooSlow(ctx);
            }
            throw Problem.of(
                            ProblemType.MALFORMED_REQUEST,
                            "The body could not be read to its end; send it again, whole.")
                    .asException();
        }
    }
}
