package dev.diptych.api.write;

import dev.diptych.api.http.Headers;
import io.javalin.http.Context;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a command's events have in common with everything else that belongs to one undertaking, in the header
 * {@code Correlation-Id}: 1 to 128 visible ASCII characters. A request that has none is given one. The answer states it,
 * whatever it is, once the request was let in and the header was understood.
 */
final class CorrelationId {

    private static final String HEADER = "Correlation-Id";
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7E]{1,128}");

    private CorrelationId() {}

    /**
     * The id of a request, which its answer will state.
     *
     * @throws dev.diptych.api.http.ProblemException 400 when it has another form
     */
    static String of(Context ctx) {
        String id = Headers.one(ctx, HEADER)
                .map(CorrelationId::checked)
                .orElseGet(() -> UUID.randomUUID().toString());
        ctx.header(HEADER, id);
        return id;
    }

    private static String checked(String value) {
        if (!FORM.matcher(value).matches()) {
            throw Headers.invalid(HEADER, "must be 1 to 128 visible ASCII characters");
        }
        return value;
    }
}
