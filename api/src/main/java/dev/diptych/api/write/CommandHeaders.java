package dev.diptych.api.write;

import dev.diptych.api.http.access.Access;
import dev.diptych.api.http.input.Headers;
import dev.diptych.api.http.input.TraceContext;
import dev.diptych.core.command.CommandContext;
import dev.diptych.core.command.ObservedCommandBus;
import dev.diptych.core.eventstore.ExpectedVersion;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The headers that accompany a command. Each method throws a problem with status 400 when a header is malformed.
 *
 * <ul>
 *   <li>{@code Correlation-Id}: 1 to 128 visible ASCII characters, shared by the events of all commands of one
 *       business process. If the header is missing, an id is generated. The answer contains the id.
 *   <li>{@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key-header): the key under which a client may repeat a
 *       command: 1 to 255 visible ASCII characters. The draft requires double quotes, as in a structured string (RFC
 *       9651), but most clients send the key without them. Both forms are accepted and equivalent.
 *   <li>{@code If-Match} (RFC 9110, section 13.1.1): the version that the aggregate must have, in the form of an
 *       {@code ETag}, whose generation is ignored, or {@code *} for any existing aggregate. {@code If-None-Match: *}
 *       (section 13.1.2): the aggregate must not exist. Lists of versions, which the RFC allows, are rejected.
 * </ul>
 */
final class CommandHeaders {

    private static final String CORRELATION_ID = "Correlation-Id";
    private static final Pattern CORRELATION_ID_FORM = Pattern.compile("[\\x21-\\x7E]{1,128}");

    private static final String KEY = "Idempotency-Key";
    private static final Pattern BARE_KEY = Pattern.compile("[\\x21\\x23-\\x7E][\\x21-\\x7E]{0,254}");
    private static final Pattern QUOTED_KEY = Pattern.compile("\"([\\x21-\\x7E]{1,510})\"");
    private static final Pattern QUOTED_CONTENT =
            Pattern.compile("(?:[\\x21\\x23-\\x5B\\x5D-\\x7E]|\\\\[\"\\\\]){1,255}");

    private static final String MATCH = "If-Match";
    private static final String NONE_MATCH = "If-None-Match";
    private static final Pattern VERSION =
            Pattern.compile("\"([1-9]\\d{0,17})\\.([A-Za-z0-9-]{1,64})(?:\\.(?:[2-9]|[1-9]\\d{1,8}))?\"");

    private CommandHeaders() {}

    /** Reads or generates the correlation id, and sets it in the answer; called first, so that every answer has it. */
    static void correlate(Context ctx) {
        String id = Headers.one(ctx, CORRELATION_ID)
                .orElseGet(() -> UUID.randomUUID().toString());
        if (!CORRELATION_ID_FORM.matcher(id).matches()) {
            throw Headers.invalid(CORRELATION_ID, "must be 1 to 128 visible ASCII characters");
        }
        ctx.header(CORRELATION_ID, id);
        ctx.attribute(CORRELATION_ID, id);
    }

    /**
     * Returns the context of the command. {@link #correlate} must have been called.
     *
     * @param fingerprint returns the fingerprint of the request; called only if there is an idempotency key
     */
    static CommandContext context(Context ctx, Supplier<String> fingerprint) {
        CommandContext context = new CommandContext(expectedVersion(ctx), Optional.empty(), metadata(ctx));
        return Headers.one(ctx, KEY)
                .map(key -> context.withCommandId(key(key), fingerprint.get()))
                .orElse(context);
    }

    private static Map<String, String> metadata(Context ctx) {
        Map<String, String> metadata = new HashMap<>();
        metadata.put(ObservedCommandBus.CORRELATION_ID, Objects.requireNonNull(ctx.attribute(CORRELATION_ID)));
        metadata.put(ObservedCommandBus.TRACEPARENT, TraceContext.of(ctx));
        Access.caller(ctx).ifPresent(caller -> {
            metadata.put(ObservedCommandBus.SIDE, caller.side().toString());
            caller.token().ifPresent(name -> metadata.put(ObservedCommandBus.TOKEN_NAME, name));
        });
        return metadata;
    }

    private static String key(String value) {
        if (BARE_KEY.matcher(value).matches()) {
            return value;
        }
        Matcher quoted = QUOTED_KEY.matcher(value);
        if (quoted.matches() && QUOTED_CONTENT.matcher(quoted.group(1)).matches()) {
            return quoted.group(1).replaceAll("\\\\(.)", "$1");
        }
        throw Headers.invalid(
                KEY, "must be 1 to 255 visible ASCII characters, bare or in double quotes, such as" + " \"8e03978e\"");
    }

    private static ExpectedVersion expectedVersion(Context ctx) {
        Optional<ExpectedVersion> match = Headers.one(ctx, MATCH).map(CommandHeaders::version);
        Optional<String> noneMatch = Headers.one(ctx, NONE_MATCH);
        if (noneMatch.isEmpty()) {
            return match.orElse(ExpectedVersion.any());
        }
        if (match.isPresent() || !noneMatch.get().equals("*")) {
            throw Headers.invalid(NONE_MATCH, "must be * for a command, and cannot be combined with If-Match");
        }
        return ExpectedVersion.noStream();
    }

    private static ExpectedVersion version(String value) {
        if (value.equals("*")) {
            return ExpectedVersion.exists();
        }
        Matcher version = VERSION.matcher(value);
        if (!version.matches()) {
            throw Headers.invalid(MATCH, "must be * or one ETag in double quotes, such as \"3.a7f3c15b20e9\"");
        }
        return ExpectedVersion.exactly(Long.parseLong(version.group(1)), version.group(2));
    }
}
