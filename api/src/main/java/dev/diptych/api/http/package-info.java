/** HTTP done once for all routes: strict JSON in, JSON out, and every error as a problem (RFC 9457). */
@NullMarked
package dev.diptych.api.http;

import org.jspecify.annotations.NullMarked;
