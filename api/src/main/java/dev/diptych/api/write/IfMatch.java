package dev.diptych.api.write;

import dev.diptych.api.http.Headers;
import dev.diptych.core.eventstore.ExpectedVersion;
import io.javalin.http.Context;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version that a client insists on, in the header {@code If-Match} (RFC 9110, section 13.1.1): {@code
 * "3.a7f3c15b20e9"}, or {@code *} for any that exists. A list of several versions, which the RFC allows, has no meaning
 * for a command.
 */
final class IfMatch {

    private static final Pattern VERSION = Pattern.compile("\"([1-9]\\d{0,17})\\.([A-Za-z0-9-]{1,64})\"");

    private IfMatch() {}

    /**
     * What the header demands; nothing, when it is not there.
     *
     * @throws dev.diptych.api.http.ProblemException 400 when it has another form
     */
    static ExpectedVersion of(Context ctx) {
        return Headers.one(ctx, "If-Match").map(IfMatch::parse).orElse(ExpectedVersion.any());
    }

    private static ExpectedVersion parse(String value) {
        if (value.equals("*")) {
            return ExpectedVersion.exists();
        }
        Matcher version = VERSION.matcher(value);
        if (!version.matches()) {
            throw Headers.invalid(
                    "If-Match",
                    "must be * or one version in double quotes as an ETag states it, such as \"3.a7f3c15b20e9\"");
        }
        return ExpectedVersion.exactly(Long.parseLong(version.group(1)), version.group(2));
    }
}
