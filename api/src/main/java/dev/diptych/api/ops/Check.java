package dev.diptych.api.ops;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One of the things that a node needs to be ready, as JSON.
 *
 * @param name what was looked at
 * @param ok whether it is as it should be
 * @param why not; null when it is
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
