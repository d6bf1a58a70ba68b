package dev.diptych.api.http.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A fault in a request.
 *
 * @param field the path of the field, as in {@code items[0].quantity}, or the name of a parameter or header; empty for
 *     the body as a whole
 * @param pointer a JSON Pointer (RFC 6901) to the field in the body; null for a parameter or header
 * @param message what is wrong, or what the value must be
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fault(String field, @Nullable String pointer, String message) {}
