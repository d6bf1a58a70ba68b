package dev.diptych.api.http.input;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemException;
import dev.diptych.api.http.problem.ProblemType;
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

/** Reads the body of a request: a JSON object of limited size. */
public final class Body {

    /** The maximum size of a body, in bytes. */
    public static final int MAX_BYTES = 256 * 1024;

    /** The maximum time to receive a body, checked after each read; the idle timeout limits a single read. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final Set<String> JSON_PARAMETERS = Set.of("", "charset=utf-8", "charset=\"utf-8\"");

    private Body() {}

    /**
     * The fields of a required body. A body that is not a JSON object is reported by {@link Fields#check}.
     *
     * @throws ProblemException 400, 408, 413 or 415 if the body is missing, malformed, too slow, too large or not JSON
     */
    public static Fields required(Context ctx) {
        byte[] bytes = bytes(ctx);
        requireJson(ctx);
        return new Fields(Json.read(bytes));
    }

    /**
     * The fields of an optional body; no fields if it is empty. A body that is not a JSON object is reported by
     * {@link Fields#check}.
     *
     * @throws ProblemException 400, 408, 413 or 415 if the body is malformed, too slow, too large or not JSON
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

    /** Allows empty parameters (RFC 9110, section 5.6.6), and UTF-8 as the charset. */
    private static boolean isJson(String type) {
        List<String> parts =
                Headers.split(type, ';').stream().map(String::strip).toList();
        return parts.getFirst().equals("application/json")
                && JSON_PARAMETERS.containsAll(parts.subList(1, parts.size()));
    }

    /**
     * Rejects an encoded body, because a small compressed body can decode to any size. Jetty itself accepts every list
     * of transfer codings that ends in {@code chunked}.
     */
    private static void requireUncoded(Context ctx) {
        String transfer = Headers.list(ctx, "Transfer-Encoding").orElse("chunked");
        if (!transfer.equalsIgnoreCase("chunked")) {
            throw Problem.of(
                            ProblemType.MALFORMED_REQUEST,
                            "The Transfer-Encoding must be chunked or omitted, but is " + transfer + ".")
                    .asException();
        }
        String content = Headers.list(ctx, "Content-Encoding").orElse("identity");
        if (!content.equalsIgnoreCase("identity")) {
            ctx.header("Accept-Encoding", "identity"); // RFC 9110, section 15.5.16
            throw Problem.of(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "The Content-Encoding must be omitted, but is " + content + ".")
                    .asException();
        }
    }

    /** Limits the total time; the idle timeout does not end a body that is sent slowly but steadily. */
    private static byte[] readInTime(InputStream in) throws IOException {
        long begin = System.nanoTime();
        var bytes = new ByteArrayOutputStream();
        byte[] part = new byte[8 * 1024];
        int length = 0;
        while (length >= 0 && bytes.size() <= MAX_BYTES) {
            bytes.write(part, 0, length);
            if (System.nanoTime() - begin > LONGEST.toNanos()) {
                throw new InterruptedIOException("The body was not received within " + LONGEST);
            }
            length = bytes.size() > MAX_BYTES ? -1 : in.read(part);
        }
        return bytes.toByteArray();
    }

    private static ProblemException tooSlow(Context ctx) {
        ctx.header("Connection", "close");
        return Problem.of(
                        ProblemType.REQUEST_TIMEOUT,
                        "The body was not received in time. The request had no effect; send it again.")
                .asException();
    }

    /** Reads at most 8 KiB more than the maximum, whatever {@code Content-Length} states. */
    private static byte[] bytes(Context ctx) {
        requireUncoded(ctx);
        try {
            byte[] bytes = readInTime(ctx.bodyInputStream());
            if (bytes.length > MAX_BYTES) {
                throw Problem.of(ProblemType.BODY_TOO_LARGE, "The body exceeds " + MAX_BYTES + " bytes.")
                        .asException();
            }
            return bytes;
        } catch (IOException e) {
            if (e.getCause() instanceof TimeoutException || e instanceof InterruptedIOException) {
                throw tooSlow(ctx);
            }
            throw Problem.of(ProblemType.MALFORMED_REQUEST, "The body is incomplete; send the request again.")
                    .asException();
        }
    }
}
