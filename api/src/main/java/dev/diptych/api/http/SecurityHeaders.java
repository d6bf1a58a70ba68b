package dev.diptych.api.http;

import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * What every answer tells a browser: that it is no page, belongs into no other page, is kept nowhere, and may have been
 * compressed. Set before anybody answers, so that a route may say otherwise, as one that answers with a page must. Safe
 * for use by many threads.
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

    /** Sets them. */
    static void set(HttpFields.Mutable headers) {
        HEADERS.forEach(headers::put);
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        set(responseHeaders);
        return request;
    }
}
