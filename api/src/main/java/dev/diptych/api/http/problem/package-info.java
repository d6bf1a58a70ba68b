/** Error responses (RFC 9457): what went wrong, and what to do next. */
@NullMarked
package dev.diptych.api.http.problem;

import org.jspecify.annotations.NullMarked;
