package dev.diptych.api.write;

import dev.diptych.api.http.Headers;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key under which a client may send a command again, in the header {@code Idempotency-Key}
 * (draft-ietf-httpapi-idempotency-key-header). The draft has it in double quotes, as a structured string (RFC 9651); most
 * clients send it bare. Both are taken, and mean the same key: 1 to 255 visible ASCII characters.
 */
final class IdempotencyKey {

    private static final String HEADER = "Idempotency-Key";
    private static final Pattern BARE = Pattern.compile("[\\x21\\x23-\\x7E][\\x21-\\x7E]{0,254}");
    private static final Pattern QUOTED = Pattern.compile("\"([\\x21-\\x7E]{1,510})\"");
    private static final Pattern QUOTED_CONTENT =
            Pattern.compile("(?:[\\x21\\x23-\\x5B\\x5D-\\x7E]|\\\\[\"\\\\]){1,255}");

    private IdempotencyKey() {}

    /**
     * The key of a request, without quotes; empty when it has none.
     *
     * @throws dev.diptych.api.http.ProblemException 400 when it has another form
     */
    static Optional<String> of(Context ctx) {
        return Headers.one(ctx, HEADER).map(IdempotencyKey::parse);
    }

    private static String parse(String value) {
        if (BARE.matcher(value).matches()) {
            return value;
        }
        Matcher quoted = QUOTED.matcher(value);
        if (quoted.matches() && QUOTED_CONTENT.matcher(quoted.group(1)).matches()) {
            return quoted.group(1).replaceAll("\\\\(.)", "$1");
        }
        throw Headers.invalid(
                HEADER,
                "must be 1 to 255 visible ASCII characters, bare or as a string in double quotes, such as \"8e03978e\"");
    }
}
