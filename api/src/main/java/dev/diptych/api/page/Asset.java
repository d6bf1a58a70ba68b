package dev.diptych.api.page;

import dev.diptych.api.http.input.EntityTags;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of the web page.
 *
 * @param mediaType the media type
 * @param tag the entity tag, a digest of the bytes
 * @param bytes the content; must not be modified
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record Asset(String mediaType, String tag, byte[] bytes) {

    /** At most one folder, and a single dot, so that no name leads out of the page's resources. */
    private static final Pattern NAME = Pattern.compile("(?:[a-z]+/)?[a-z0-9-]+\\.(html|css|js|json|svg|woff2|txt|md)");

    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "woff2", "font/woff2",
            "txt", "text/plain;charset=utf-8",
            "md", "text/plain;charset=utf-8");

    /** Reads a file; empty when there is none with that name. */
    static Optional<Asset> read(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try (InputStream in = Asset.class.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(of(matcher.group(1), in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isFont() {
        return mediaType.startsWith("font/");
    }

    private static Asset of(String ending, byte[] bytes) {
        return new Asset(MEDIA_TYPES.getOrDefault(ending, "application/octet-stream"), EntityTags.of(bytes), bytes);
    }
}
