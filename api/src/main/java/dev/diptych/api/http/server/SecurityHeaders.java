package dev.diptych.api.http.server;

import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Sets default security and caching headers on every response: no active content, no framing, no caching. They are set
 * before the handler runs, so that a route can override them. Thread-safe.
 */
final class SecurityHeaders implements HttpConfiguration.Customizer {

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cache-Control", "no-store",
            "Vary", "Accept-Encoding");

    static void set(HttpFields.Mutable headers) {
        HEADERS.forEach(headers::put);
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        set(responseHeaders);
        return request;
    }
}
