package dev.diptych.api.http.input;

import io.javalin.http.Context;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;

/**
 * The trace of a request (W3C Trace Context, level 1). The header {@code traceparent} states the client's trace;
 * without a valid one, a new trace begins. Each request is a span of its own, which the response names in the header
 * {@code traceresponse} (editor's draft of the response header), in the form of a {@code traceparent}.
 */
public final class TraceContext {

    /** Version 00 has exactly four fields; a later version begins with them, and may have more. */
    private static final Pattern TRACEPARENT = Pattern.compile("(?:00(?=.{53}$)|(?!00|ff)[0-9a-f]{2})"
            + "-((?!0{32})[0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]([0-9a-f])(?:-.*)?");

    private static final int SAMPLED = 1;

    private static final String RESPONSE = "traceresponse";

    private TraceContext() {}

    /** Begins the span of a request, before it is routed, and sets the header of the response. */
    public static Request begin(Request request, HttpFields.Mutable response) {
        String span = spanIn(request.getHeaders().getValuesList("traceparent"));
        request.setAttribute(RESPONSE, span);
        response.put(RESPONSE, span);
        return request;
    }

    /** The trace and the span of this request, in the form of a {@code traceparent}. */
    public static String of(Context ctx) {
        return Objects.requireNonNull(ctx.attribute(RESPONSE));
    }

    /** Keeps the flag "sampled", and resets the flags that level 1 does not define. */
    private static String spanIn(List<String> parents) {
        Matcher parent = TRACEPARENT.matcher(String.join(",", parents)); // more than one are invalid
        return parent.matches()
                ? "00-" + parent.group(1) + "-" + id() + "-0" + (HexFormat.fromHexDigits(parent.group(2)) & SAMPLED)
                : "00-" + id() + id() + "-" + id() + "-00";
    }

    private static String id() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    }
}
