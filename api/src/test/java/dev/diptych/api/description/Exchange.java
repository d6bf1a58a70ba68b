package dev.diptych.api.description;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request and its answer.
 *
 * @param sent the body of the request, if it had one
 * @param headers of the answer, whose names may be in any case
 * @param received the body of the answer
 */
public record Exchange(
        String method, URI uri, Optional<String> sent, int status, Map<String, List<String>> headers, String received) {

    Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(each -> each.getKey().equalsIgnoreCase(name))
                .map(each -> String.join(", ", each.getValue()))
                .findFirst();
    }

    /** The parameters after the path. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String each : Optional.ofNullable(uri.getRawQuery()).orElse("").split("&", -1)) {
            String[] parts = each.split("=", 2);
            if (!each.isEmpty()) {
                parameters.put(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Returns the media type of the response, without parameters. */
    String mediaType() {
        return header("Content-Type").orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return method + " " + uri.getRawPath() + " -> " + status + " " + headers + "\n" + received;
    }
}
