/** Serves the OpenAPI description of the API, which is written before the code. */
@NullMarked
package dev.diptych.api.openapi;

import org.jspecify.annotations.NullMarked;
