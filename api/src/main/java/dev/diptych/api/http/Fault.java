package dev.diptych.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request.
 *
 * @param field where, for people: {@code items[0].quantity}, or a parameter's name
 * @param pointer where in the body, for programs: a JSON Pointer (RFC 6901); null for a parameter
 * @param message what it must be
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fault(String field, @Nullable String pointer, String message) {}
