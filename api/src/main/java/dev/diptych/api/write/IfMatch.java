package dev.diptych.api.write;

import dev.diptych.api.http.Headers;
import dev.diptych.core.eventstore.ExpectedVersion;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version that a client insists on, in the header {@code If-Match} (RFC 9110, section 13.1.1): {@code
 * "3.a7f3c15b20e9"}, or {@code *} for any that exists; or that it does not exist yet, in the header {@code
 * If-None-Match: *} (section 13.1.2). Lists of several versions, which the RFC allows, have no meaning for a command.
 */
final class IfMatch {

    private static final Pattern VERSION = Pattern.compile("\"([1-9]\\d{0,17})\\.([A-Za-z0-9-]{1,64})\"");

    private IfMatch() {}

    /**
     * What the headers demand; nothing, when they are not there.
     *
     * @throws dev.diptych.api.http.ProblemException 400 when one has another form, or both are there
     */
    static ExpectedVersion of(Context ctx) {
        Optional<ExpectedVersion> match = Headers.one(ctx, "If-Match").map(IfMatch::parse);
        Optional<String> noneMatch = Headers.one(ctx, "If-None-Match");
        if (noneMatch.isEmpty()) {
            return match.orElse(ExpectedVersion.any());
        }
        if (match.isPresent() || !noneMatch.get().equals("*")) {
            throw Headers.invalid("If-None-Match", "must be * for a command, and is not possible along with If-Match");
        }
        return ExpectedVersion.noStream();
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
