/** Parsing of requests and formatting of responses: JSON, parameters, headers, tokens and preconditions. */
@NullMarked
package dev.diptych.api.http.input;

import org.jspecify.annotations.NullMarked;
