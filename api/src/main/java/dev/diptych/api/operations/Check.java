package dev.diptych.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The result of a readiness check, as JSON.
 *
 * @param name the name of the check
 * @param ok whether the check has passed
 * @param why the reason for a failure, or a warning; null if there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Check(String name, boolean ok, @Nullable String why) {

    static Check ok(String name) {
        return new Check(name, true, null);
    }

    static Check failed(String name, String why) {
        return new Check(name, false, why);
    }
}
