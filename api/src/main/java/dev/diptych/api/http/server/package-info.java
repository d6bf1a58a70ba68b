/** The HTTP server: routes by side, event streams, and problems (RFC 9457) as error responses. */
@NullMarked
package dev.diptych.api.http.server;

import org.jspecify.annotations.NullMarked;
